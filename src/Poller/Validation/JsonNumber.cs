using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace Archiver.Poller.Validation;

/// <summary>
/// A JSON number as it is written, of any size: 0.<paramref name="Digits"/> times ten to the power of <paramref name="Scale"/>. A double
/// would take unequal numbers for equal, and writing out 1e1000000000 would take a gigabyte.
/// </summary>
/// <param name="Sign">-1, 0 or 1.</param>
/// <param name="Digits">Without zeros at either end.</param>
/// <param name="Scale">Where the decimal point stands.</param>
internal readonly record struct JsonNumber(int Sign, string Digits, long Scale) : IComparable<JsonNumber>
{
    // Exponents beyond are all the same.
    private const int MostDigitsOfExponent = 17;

    public bool IsInteger => Sign == 0 || Scale >= Digits.Length;

    public static JsonNumber From(JsonElement number)
    {
        var text = number.GetRawText();
        var mantissaEnd = text.AsSpan().IndexOfAny('e', 'E') is >= 0 and var at ? at : text.Length;
        var start = text[0] == '-' ? 1 : 0;
        var point = text.IndexOf('.', 0, mantissaEnd) is >= 0 and var dot ? dot : mantissaEnd;
        var digits = string.Concat(text.AsSpan(start, point - start), text.AsSpan(0, mantissaEnd)[Math.Min(point + 1, mantissaEnd)..]);
        var significant = digits.TrimStart('0');
        return significant.Trim('0') is { Length: > 0 } bare
            ? new JsonNumber(1 - (2 * start), bare, point - start - digits.Length + significant.Length + Exponent(text.AsSpan(mantissaEnd)))
            : new JsonNumber(0, "", 0);
    }

    /// <summary>Whether it is a whole multiple of another one, which is not 0.</summary>
    public bool IsMultipleOf(JsonNumber divisor)
    {
        if (Sign == 0)
            return true;
        var power = Scale - Digits.Length - (divisor.Scale - divisor.Digits.Length);
        // Its last digit is not zero, so no power of ten divides it.
        if (power < 0)
            return false;
        var modulus = BigInteger.Parse(divisor.Digits, CultureInfo.InvariantCulture);
        var rest = Digits.Aggregate(BigInteger.Zero, (rest, digit) => (rest * 10 + (digit - '0')) % modulus);
        return (rest * BigInteger.ModPow(10, power, modulus) % modulus).IsZero;
    }

    public int CompareTo(JsonNumber other)
    {
        if (Sign != other.Sign)
            return Sign.CompareTo(other.Sign);
        var size = Scale != other.Scale ? Scale.CompareTo(other.Scale) : string.CompareOrdinal(Digits, other.Digits);
        return Sign * size;
    }

    private static long Exponent(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
            return 0;
        var negative = text[1] == '-';
        var digits = text[(char.IsAsciiDigit(text[1]) ? 1 : 2)..].TrimStart('0');
        var exponent = digits.IsEmpty ? 0
            : digits.Length > MostDigitsOfExponent ? (long)1e17
            : long.Parse(digits, CultureInfo.InvariantCulture);
        return negative ? -exponent : exponent;
    }
}
