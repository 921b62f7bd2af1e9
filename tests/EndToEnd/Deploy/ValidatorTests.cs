using Archiver.EndToEnd.Support;

namespace Archiver.EndToEnd.Deploy;

/// <summary>Every file has the form that its reader asks for, and one that had not would be found.</summary>
public sealed class ValidatorTests
{
    [Theory]
    [InlineData("cloudformation.mjs", "ecs/archiver.yaml")]
    [InlineData("kubernetes.mjs", "kubernetes/deployment.yaml")]
    [InlineData("kubernetes.mjs", "kubernetes/service-account.yaml")]
    [InlineData("kubernetes.mjs", "kubernetes/scaling.yaml")]
    [InlineData("kubernetes.mjs", "kubernetes/network-policy.yaml")]
    [InlineData("compose.mjs", "compose/docker-compose.yml")]
    [InlineData("dockerfile.mjs", "container/Dockerfile")]
    public async Task A_file_is_valid(string script, string file)
    {
        var end = await Validator.RunAsync(script, DeployFile.PathOf(file));

        Assert.Equal("", end.Log.Text);
        Assert.Equal(0, end.ExitCode);
    }

    [Theory]
    [InlineData("cloudformation.mjs", "ecs/archiver.yaml", "StopTimeout:", "StopTimeuot:", "there is no property StopTimeuot")]
    [InlineData("cloudformation.mjs", "ecs/archiver.yaml", "VisibilityTimeout: 60", "VisibilityTimeout: long", "is no integer")]
    [InlineData("cloudformation.mjs", "ecs/archiver.yaml", "!GetAtt DeadLetterQueue.Arn", "!GetAtt DeadLetterQueue.Url", "no attribute Url")]
    [InlineData("cloudformation.mjs", "ecs/archiver.yaml", "!Ref ScaleOut", "!Ref ScaleUp", "refers to ScaleUp")]
    [InlineData("cloudformation.mjs", "ecs/archiver.yaml", "${DestinationBucket.Arn}/*", "${Bucket.Arn}/*", "attribute of Bucket")]
    [InlineData("cloudformation.mjs", "ecs/archiver.yaml", "Condition: HasAlarmTopic", "Condition: HasTopic", "condition HasTopic")]
    [InlineData("cloudformation.mjs", "ecs/archiver.yaml", "AWS::Logs::MetricFilter", "AWS::Logs::Filter", "there is no type AWS::Logs::Filter")]
    [InlineData("cloudformation.mjs", "ecs/archiver.yaml", "PolicyType: StepScaling", "ResourceId: x", "PolicyType is required")]
    [InlineData("cloudformation.mjs", "ecs/archiver.yaml", "Default: FARGATE\n", "Default: EC2\n", "its default is not allowed")]
    [InlineData("kubernetes.mjs", "kubernetes/deployment.yaml", "runAsNonRoot: true", "runAsNonRoot: often", "runAsNonRoot")]
    [InlineData("kubernetes.mjs", "kubernetes/deployment.yaml", "readOnlyRootFilesystem", "readonlyRootFilesystem", "there is no such property")]
    [InlineData("kubernetes.mjs", "kubernetes/scaling.yaml", "cooldownPeriod", "coolDownPeriod", "there is no such property")]
    [InlineData("kubernetes.mjs", "kubernetes/scaling.yaml", "maxReplicaCount: 8", "maxReplicaCount: many", "maxReplicaCount")]
    [InlineData("kubernetes.mjs", "kubernetes/network-policy.yaml", "podSelector", "podSelektor", "podSelektor")]
    [InlineData("kubernetes.mjs", "kubernetes/service-account.yaml", "kind: ServiceAccount", "kind: Account", "no such kind")]
    [InlineData("compose.mjs", "compose/docker-compose.yml", "stop_grace_period", "stop_grace", "stop_grace")]
    [InlineData("compose.mjs", "compose/docker-compose.yml", "read_only: true", "read_only: mostly", "must be boolean")]
    [InlineData("dockerfile.mjs", "container/Dockerfile", "WORKDIR /data", "WORKDR /data", "Unknown instruction")]
    [InlineData("dockerfile.mjs", "container/Dockerfile", "USER 10001:10001", "USER", "no arguments")]
    public async Task A_spoiled_copy_is_refused(string script, string file, string text, string spoiled, string said)
    {
        using var folder = new TestFolder();
        var content = DeployFile.Read(file);
        Assert.Contains(text, content, StringComparison.Ordinal);

        var end = await Validator.RunAsync(script, folder.Put(Path.GetFileName(file), content.Replace(text, spoiled, StringComparison.Ordinal)));

        Assert.Equal(1, end.ExitCode);
        Assert.Contains(said, end.Log.Text, StringComparison.Ordinal);
    }
}
