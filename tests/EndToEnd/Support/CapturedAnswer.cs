using System.Text;
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

    public async Task SendAsync()
    {
        var bytes = Encoding.UTF8.GetBytes(_body);
        _context.Response.ContentLength = bytes.Length;
        await _context.Response.Body.WriteAsync(bytes);
    }
}
