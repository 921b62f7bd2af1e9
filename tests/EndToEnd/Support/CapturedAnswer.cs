using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace Archiver.EndToEnd.Support;

/// <summary>A small answer of the server behind, held back so that it can be added to.</summary>
internal sealed class CapturedAnswer
{
    private readonly HttpContext _context;
    private string _body;

    private CapturedAnswer(HttpContext context, string body)
    {
        _context = context;
        _body = body;
    }

    public string Body => _body;

    public bool IsSuccess => _context.Response.StatusCode == 200;

    public static async Task<CapturedAnswer> TakeAsync(HttpContext context, Func<Task> forward)
    {
        var outward = context.Response.Body;
        using var buffer = new MemoryStream();
        context.Response.Body = buffer;
        await forward();
        context.Response.Body = outward;
        return new CapturedAnswer(context, Encoding.UTF8.GetString(buffer.ToArray()));
    }

    /// <summary>Adds an element at the end of the root element, if that has this name.</summary>
    public void Add(string root, string name, string value) =>
        _body = _body.Replace($"</{root}>", $"<{name}>{value}</{name}></{root}>", StringComparison.Ordinal);

    /// <summary>Adds an element to each <c>Part</c> of a list, by its number.</summary>
    public void AddToParts(Func<int, (string Name, string Value)?> elementOf)
    {
        var list = XDocument.Parse(_body);
        foreach (var part in list.Root!.Elements().Where(static element => element.Name.LocalName == "Part"))
        {
            var number = part.Elements().Single(static element => element.Name.LocalName == "PartNumber").Value;
            if (elementOf(int.Parse(number, CultureInfo.InvariantCulture)) is var (name, value))
                part.Add(new XElement(part.Name.Namespace + name, value));
        }
        _body = list.ToString(SaveOptions.DisableFormatting);
    }

    public async Task SendAsync()
    {
        var bytes = Encoding.UTF8.GetBytes(_body);
        _context.Response.ContentLength = bytes.Length;
        await _context.Response.Body.WriteAsync(bytes);
    }
}
