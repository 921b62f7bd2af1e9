using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Archiver.Processor.Stores.S3;

/// <summary>
/// Has the SDK send keys that begin with a slash as it signs them. If the bucket is part of the endpoint's path, the SDK omits the slash
/// between the two because the key begins with one, and the signature does not match. So the bucket is moved from the endpoint to the
/// resource path.
/// </summary>
internal sealed class WholeKeys : PipelineHandler
{
    private const string Key = "{Key+}";

    public override Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        Mend(executionContext.RequestContext.Request);
        return base.InvokeAsync<T>(executionContext);
    }

    public static bool HasBucket(Uri endpoint) => endpoint.AbsolutePath != "/";

    private static void Mend(IRequest request)
    {
        if (!HasBucket(request.Endpoint) || !request.PathResources.TryGetValue(Key, out var key) || !key.StartsWith('/'))
            return;
        request.ResourcePath = Uri.UnescapeDataString(request.Endpoint.AbsolutePath).TrimEnd('/') + request.ResourcePath;
        request.Endpoint = new Uri(request.Endpoint.GetLeftPart(UriPartial.Authority) + "/");
    }
}
