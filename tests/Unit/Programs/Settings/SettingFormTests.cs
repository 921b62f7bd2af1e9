using System.Globalization;
using Archiver.Programs.Settings;

namespace Archiver.Tests.Contract.Settings;

public sealed class SettingFormTests
{
    [Theory]
    [InlineData("30", 30_000)]
    [InlineData("30s", 30_000)]
    [InlineData("0", 0)]
    [InlineData("0.5", 500)]
    [InlineData("250ms", 250)]
    [InlineData("5m", 300_000)]
    [InlineData("2h", 7_200_000)]
    [InlineData("2 h", 7_200_000)]
    [InlineData("1.5H", 5_400_000)]
    public void Durations_have_units_and_are_seconds_without(string text, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), SettingForm.Duration.Read(text));

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("-1")]
    [InlineData("1d")]
    [InlineData("1,5s")]
    [InlineData("1e3")]
    [InlineData("00:00:30")]
    [InlineData("1000000000000h")]
    [InlineData("999999999999h")]
    [InlineData("NaN")]
    public void Other_texts_are_no_durations(string text) => Assert.Null(SettingForm.Duration.Read(text));

    [Theory]
    [InlineData("1024", 1024)]
    [InlineData("1024b", 1024)]
    [InlineData("1k", 1 << 10)]
    [InlineData("1KiB", 1 << 10)]
    [InlineData("64MiB", 64 << 20)]
    [InlineData("64m", 64 << 20)]
    [InlineData("64 MiB", 64 << 20)]
    [InlineData("1GiB", 1L << 30)]
    [InlineData("0.5g", 1L << 29)]
    [InlineData("1kB", 1_000)]
    [InlineData("1MB", 1_000_000)]
    [InlineData("2GB", 2_000_000_000)]
    public void Sizes_have_units_and_are_bytes_without(string text, long bytes) => Assert.Equal(bytes, SettingForm.SizeFrom(0).Read(text));

    [Theory]
    [InlineData("")]
    [InlineData("MiB")]
    [InlineData("-1")]
    [InlineData("1TiB")]
    [InlineData("1.5.5k")]
    [InlineData("99999999999999999999")]
    public void Other_texts_are_no_sizes(string text) => Assert.Null(SettingForm.SizeFrom(0).Read(text));

    [Fact]
    public void A_size_may_have_a_least()
    {
        Assert.Equal(16, SettingForm.SizeFrom(16).Read("16"));
        Assert.Null(SettingForm.SizeFrom(16).Read("15"));
    }

    [Theory]
    [InlineData("1", true)]
    [InlineData("true", true)]
    [InlineData("True", true)]
    [InlineData("yes", true)]
    [InlineData("on", true)]
    [InlineData("0", false)]
    [InlineData("FALSE", false)]
    [InlineData("no", false)]
    [InlineData("off", false)]
    [InlineData("2", null)]
    [InlineData("", null)]
    public void Yes_and_no_have_many_words(string text, bool? value) => Assert.Equal(value, SettingForm.Boolean.Read(text));

    [Theory]
    [InlineData("1", 1)]
    [InlineData("10", 10)]
    [InlineData("0", null)]
    [InlineData("11", null)]
    [InlineData("1.0", null)]
    [InlineData("1,000", null)]
    [InlineData(" 5", null)]
    [InlineData("99999999999", null)]
    public void Whole_numbers_keep_within_their_bounds(string text, int? value) =>
        Assert.Equal(value, SettingForm.WholeNumber(1, 10).Read(text));

    [Theory]
    [InlineData("fail", "fail")]
    [InlineData("FAIL", "fail")]
    [InlineData("skip", "skip")]
    [InlineData("other", null)]
    [InlineData("", null)]
    public void Words_are_read_in_any_case(string text, string? value) => Assert.Equal(value, SettingForm.OneOf("fail", "skip").Read(text));

    [Theory]
    [InlineData("fail", MissingSource.Fail)]
    [InlineData("Skip", MissingSource.Skip)]
    [InlineData("RETRY", MissingSource.Retry)]
    [InlineData("other", null)]
    [InlineData("1", null)]
    [InlineData("fail,skip", null)]
    [InlineData("", null)]
    public void Enumerations_are_read_by_name_alone(string text, MissingSource? value) =>
        Assert.Equal(value, SettingForm.OneOf<MissingSource>().Read(text));

    [Fact]
    public void An_enumeration_says_which_words_it_expects() =>
        Assert.Equal("one of fail, retry, skip", SettingForm.OneOf<MissingSource>().Expects);

    [Theory]
    [InlineData("64MiB", 64 << 20)]
    [InlineData("none", null)]
    [InlineData("NONE", null)]
    public void A_limit_is_a_size_or_none(string text, int? bytes) =>
        Assert.Equal(new SizeLimit(bytes), SettingForm.SizeFromOrNone(1).Read(text));

    [Theory]
    [InlineData("0")]
    [InlineData("nothing")]
    [InlineData("")]
    public void Other_texts_are_no_limits(string text) => Assert.Null(SettingForm.SizeFromOrNone(1).Read(text));

    [Theory]
    [InlineData("https://cdn.example.test/a", true)]
    [InlineData("http://localhost:4566", true)]
    [InlineData("ftp://host.test", false)]
    [InlineData("localhost", false)]
    [InlineData("/path", false)]
    [InlineData("javascript:alert(1)", false)]
    public void Urls_are_http_or_https(string text, bool accepted) => Assert.Equal(accepted, SettingForm.Url.Accepts(text));

    [Theory]
    [InlineData("download", true)]
    [InlineData("a-b_c.1", true)]
    [InlineData("a/b", false)]
    [InlineData("ä", false)]
    [InlineData("a b", false)]
    public void Name_parts_are_fit_for_every_file_system(string text, bool accepted) =>
        Assert.Equal(accepted, SettingForm.NamePart.Accepts(text));

    [Fact]
    public void Locations_are_separated_by_commas() =>
        Assert.Equal(
            ["s3://bucket-a", "s3://bucket-b/prefix", "file:///data"],
            SettingForm.Locations.Read("bucket-a, s3://bucket-b/prefix/,/data/,")!.Select(static l => string.Create(CultureInfo.InvariantCulture, $"{l}")));

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("0.0.0.0", "0.0.0.0")]
    [InlineData("::1", "::1")]
    [InlineData("*", "::")]
    [InlineData("1", null)]
    [InlineData("127.1", null)]
    [InlineData("localhost", null)]
    [InlineData("127.0.0.1:80", null)]
    public void Addresses_are_whole_or_a_star(string text, string? address) =>
        Assert.Equal(address, SettingForm.Address.Read(text)?.ToString());
}
