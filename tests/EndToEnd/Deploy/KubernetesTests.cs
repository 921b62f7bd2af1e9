using System.Text.Json.Nodes;

namespace Archiver.EndToEnd.Deploy;

/// <summary>deploy/kubernetes.</summary>
public sealed class KubernetesTests : IAsyncLifetime
{
    private static readonly IReadOnlyDictionary<string, string?> Settings = DeployFile.Variables("kubernetes/settings.env");

    private JsonNode _pod = null!;
    private JsonNode _container = null!;
    private JsonNode _scaling = null!;

    public async ValueTask InitializeAsync()
    {
        _pod = (await DeployFile.DocumentAsync("kubernetes/deployment.yaml"))["spec"]!["template"]!["spec"]!;
        _container = Assert.Single(_pod["containers"]!.AsArray())!;
        _scaling = (await DeployFile.DocumentsAsync("kubernetes/scaling.yaml"))[0]["spec"]!;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public void The_processor_reads_the_sources_and_writes_the_archives_and_no_more()
    {
        var (sources, archives) = ($"arn:aws:s3:::{Settings["S3_SOURCE_BUCKET"]}", $"arn:aws:s3:::{Settings["S3_DESTINATION_BUCKET"]}");

        Assert.Equal(
            new[]
            {
                $"s3:AbortMultipartUpload on {archives}/*", $"s3:GetObject on {archives}/*", $"s3:GetObject on {sources}/*", $"s3:GetObjectVersion on {sources}/*",
                $"s3:ListBucket on {sources}", $"s3:ListBucketMultipartUploads on {archives}", $"s3:ListMultipartUploadParts on {archives}/*", $"s3:PutObject on {archives}/*",
            }.Order(StringComparer.Ordinal),
            Allowed("processor-policy"));
    }

    [Fact]
    public void The_poller_has_its_queues_and_the_processors_role_and_no_more()
    {
        var (requests, completions, dead) = (QueueArn("SQS_REQUEST_QUEUE_URL"), QueueArn("SQS_COMPLETION_QUEUE_URL"), QueueArn("SQS_DEAD_LETTER_QUEUE_URL"));

        Assert.Equal(
            new[]
            {
                $"sqs:ChangeMessageVisibility on {requests}", $"sqs:DeleteMessage on {requests}", $"sqs:ReceiveMessage on {requests}",
                $"sqs:SendMessage on {requests}", $"sqs:SendMessage on {completions}", $"sqs:SendMessage on {dead}", $"sts:AssumeRole on {Settings["S3_ROLE_ARN"]}",
                $"sqs:GetQueueAttributes on {requests}", $"sqs:GetQueueAttributes on {completions}", $"sqs:GetQueueAttributes on {dead}",
                $"sqs:GetQueueUrl on {requests}", $"sqs:GetQueueUrl on {completions}", $"sqs:GetQueueUrl on {dead}",
            }.Order(StringComparer.Ordinal),
            Allowed("poller-policy"));
    }

    [Fact]
    public void The_scaler_counts_requests_and_no_more() => Assert.Equal([$"sqs:GetQueueAttributes on {QueueArn("SQS_REQUEST_QUEUE_URL")}"], Allowed("scaler-policy"));

    [Fact]
    public async Task The_roles_are_those_that_trust_each_other()
    {
        var poller = (await DeployFile.DocumentAsync("kubernetes/service-account.yaml"))["metadata"]!["annotations"]!["eks.amazonaws.com/role-arn"]!.GetValue<string>();

        Assert.Equal(poller, Assert.Single(Policy("processor-trust")["Statement"]!.AsArray())!["Principal"]!["AWS"]!.GetValue<string>());
    }

    [Fact]
    public void Scaling_and_pod_mean_the_same_queue_and_the_same_number()
    {
        var trigger = Assert.Single(_scaling["triggers"]!.AsArray())!["metadata"]!;

        Assert.Contains(trigger["queueURLFromEnv"]!.GetValue<string>(), Settings);
        Assert.Equal(Settings["AWS_REGION"], trigger["awsRegion"]!.GetValue<string>());
        Assert.Equal(Settings["MAX_CONCURRENCY"], trigger["queueLength"]!.GetValue<string>());
        Assert.Equal("true", trigger["scaleOnInFlight"]!.GetValue<string>());
    }

    [Fact]
    public void The_pod_can_do_nothing_but_its_work()
    {
        Assert.True(_pod["securityContext"]!["runAsNonRoot"]!.GetValue<bool>());
        Assert.Equal("RuntimeDefault", _pod["securityContext"]!["seccompProfile"]!["type"]!.GetValue<string>());
        Assert.False(_pod["automountServiceAccountToken"]!.GetValue<bool>());
        Assert.True(_container["securityContext"]!["readOnlyRootFilesystem"]!.GetValue<bool>());
        Assert.False(_container["securityContext"]!["allowPrivilegeEscalation"]!.GetValue<bool>());
        Assert.Equal("ALL", Assert.Single(_container["securityContext"]!["capabilities"]!["drop"]!.AsArray())!.GetValue<string>());
    }

    [Fact]
    public void The_probes_ask_where_the_poller_answers()
    {
        Assert.Equal(Settings["HEALTH_PORT"], Assert.Single(_container["ports"]!.AsArray())!["containerPort"]!.ToJsonString());
        Assert.Equal("/healthz", _container["livenessProbe"]!["httpGet"]!["path"]!.GetValue<string>());
        Assert.Equal("/readyz", _container["readinessProbe"]!["httpGet"]!["path"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_pods_network_is_health_names_and_HTTPS_and_no_more()
    {
        var policy = (await DeployFile.DocumentAsync("kubernetes/network-policy.yaml"))["spec"]!;
        var labels = (await DeployFile.DocumentAsync("kubernetes/deployment.yaml"))["spec"]!["template"]!["metadata"]!["labels"]!;

        Assert.Equal(labels.ToJsonString(), policy["podSelector"]!["matchLabels"]!.ToJsonString());
        Assert.Equal(["Ingress", "Egress"], policy["policyTypes"]!.AsArray().Select(static type => type!.GetValue<string>()));
        Assert.Equal([$"TCP {Settings["HEALTH_PORT"]}"], Ports(policy["ingress"]!));
        Assert.Equal(["UDP 53", "TCP 53", "TCP 443"], Ports(policy["egress"]!));
    }

    [Fact]
    public async Task Everything_is_installed_together()
    {
        var kustomization = await DeployFile.DocumentAsync("kubernetes/kustomization.yaml");

        Assert.Equal(
            Directory.GetFiles(DeployFile.PathOf("kubernetes"), "*.yaml").Select(Path.GetFileName).Where(static name => name != "kustomization.yaml").Order(StringComparer.Ordinal),
            kustomization["resources"]!.AsArray().Select(static name => name!.GetValue<string>()).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Ports(JsonNode rules) =>
        rules.AsArray().SelectMany(static rule => rule!["ports"]!.AsArray()).Select(static port => $"{port!["protocol"]} {port["port"]}");

    private static JsonNode Policy(string name) => JsonNode.Parse(DeployFile.Read($"kubernetes/iam/{name}.json"))!;

    private static IReadOnlyList<string> Allowed(string name) => PolicyDocument.Allowed([Policy(name)]);

    // https://sqs.REGION.amazonaws.com/ACCOUNT/NAME
    private static string QueueArn(string variable)
    {
        var url = new Uri(Settings[variable]!);
        return $"arn:aws:sqs:{url.Host.Split('.')[1]}:{url.Segments[1].TrimEnd('/')}:{url.Segments[2]}";
    }
}
