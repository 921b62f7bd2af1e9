using System.Text.Json.Nodes;

namespace Archiver.EndToEnd.Deploy;

/// <summary>deploy/ecs/archiver.yaml.</summary>
public sealed class EcsTemplateTests : IAsyncLifetime
{
    private JsonNode _resources = null!;

    public async ValueTask InitializeAsync() => _resources = (await DeployFile.DocumentAsync("ecs/archiver.yaml"))["Resources"]!;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public void The_processor_reads_the_sources_and_writes_the_archives_and_no_more() => Assert.Equal(
        [
            "s3:AbortMultipartUpload on ${DestinationBucket.Arn}/*",
            "s3:GetObject on ${DestinationBucket.Arn}/*",
            "s3:GetObject on arn:${AWS::Partition}:s3:::${SourceBucket}/${SourcePrefix}/*",
            "s3:GetObject on arn:${AWS::Partition}:s3:::${SourceBucket}/*",
            "s3:GetObjectVersion on arn:${AWS::Partition}:s3:::${SourceBucket}/${SourcePrefix}/*",
            "s3:GetObjectVersion on arn:${AWS::Partition}:s3:::${SourceBucket}/*",
            "s3:ListBucket on arn:${AWS::Partition}:s3:::${SourceBucket}",
            "s3:ListBucketMultipartUploads on ${DestinationBucket.Arn}",
            "s3:ListMultipartUploadParts on ${DestinationBucket.Arn}/*",
            "s3:PutObject on ${DestinationBucket.Arn}/*",
        ],
        AllowedTo("ProcessorRole"));

    [Fact]
    public void The_poller_has_its_queues_and_the_processors_role_and_no_more() => Assert.Equal(
        [
            "sqs:ChangeMessageVisibility on ${RequestQueue.Arn}",
            "sqs:DeleteMessage on ${RequestQueue.Arn}",
            "sqs:GetQueueAttributes on ${CompletionQueue.Arn}",
            "sqs:GetQueueAttributes on ${DeadLetterQueue.Arn}",
            "sqs:GetQueueAttributes on ${RequestQueue.Arn}",
            "sqs:GetQueueUrl on ${CompletionQueue.Arn}",
            "sqs:GetQueueUrl on ${DeadLetterQueue.Arn}",
            "sqs:GetQueueUrl on ${RequestQueue.Arn}",
            "sqs:ReceiveMessage on ${RequestQueue.Arn}",
            "sqs:SendMessage on ${CompletionQueue.Arn}",
            "sqs:SendMessage on ${DeadLetterQueue.Arn}",
            "sqs:SendMessage on ${RequestQueue.Arn}",
            "sts:AssumeRole on ${ProcessorRole.Arn}",
        ],
        AllowedTo("TaskRole"));

    [Fact]
    public void What_starts_a_task_pulls_one_image_and_writes_one_log() => Assert.Equal(
        [
            "ecr:BatchCheckLayerAvailability on arn:${AWS::Partition}:ecr:${AWS::Region}:${AWS::AccountId}:repository/${ImageRepository}",
            "ecr:BatchGetImage on arn:${AWS::Partition}:ecr:${AWS::Region}:${AWS::AccountId}:repository/${ImageRepository}",
            "ecr:GetAuthorizationToken on *",
            "ecr:GetDownloadUrlForLayer on arn:${AWS::Partition}:ecr:${AWS::Region}:${AWS::AccountId}:repository/${ImageRepository}",
            "logs:CreateLogStream on ${LogGroup.Arn}",
            "logs:PutLogEvents on ${LogGroup.Arn}",
        ],
        AllowedTo("ExecutionRole"));

    [Fact]
    public void There_are_no_other_roles_and_policies() => Assert.Equal(
        ["CompletionQueuePolicy", "DeadLetterQueuePolicy", "DestinationBucketPolicy", "ExecutionRole", "ProcessorRole", "RequestQueuePolicy", "TaskRole", "TaskRolePolicy"],
        Named(static type => type.Contains("Role", StringComparison.Ordinal) || (type.EndsWith("Policy", StringComparison.Ordinal) && !type.EndsWith("ScalingPolicy", StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("RequestQueue", "sqs:*", "${RequestQueue.Arn}")]
    [InlineData("CompletionQueue", "sqs:*", "${CompletionQueue.Arn}")]
    [InlineData("DeadLetterQueue", "sqs:*", "${DeadLetterQueue.Arn}")]
    [InlineData("DestinationBucket", "s3:*", "${DestinationBucket.Arn}", "${DestinationBucket.Arn}/*")]
    public void Nobody_may_come_without_TLS(string name, string actions, params string[] resources)
    {
        var policy = _resources[name + "Policy"]!["Properties"]!;
        var statement = Assert.Single(policy["PolicyDocument"]!["Statement"]!.AsArray())!;

        Assert.Equal($"${{{name}}}", Assert.Single(PolicyDocument.Several(policy["Queues"] ?? policy["Bucket"]!)));
        Assert.Equal(("Deny", "*", actions), (statement["Effect"]!.GetValue<string>(), statement["Principal"]!.GetValue<string>(), statement["Action"]!.GetValue<string>()));
        Assert.Equal(resources, PolicyDocument.Several(statement["Resource"]!));
        Assert.Equal("false", statement["Condition"]!["Bool"]!["aws:SecureTransport"]!.GetValue<string>());
    }

    [Fact]
    public void The_processors_role_is_for_the_poller_alone()
    {
        var statement = Assert.Single(_resources["ProcessorRole"]!["Properties"]!["AssumeRolePolicyDocument"]!["Statement"]!.AsArray())!;

        Assert.Equal(["${TaskRole.Arn}"], PolicyDocument.Several(statement["Principal"]!["AWS"]!));
        Assert.Equal("${ProcessorRole.Arn}", Variable("S3_ROLE_ARN"));
    }

    [Fact]
    public void Requests_may_name_the_source_location_alone() => Assert.Equal(Variable("S3_SOURCE_BUCKET"), Variable("ALLOWED_SOURCES"));

    [Fact]
    public void Tasks_are_started_by_the_backlog_per_task()
    {
        var alarm = _resources["Backlog"]!["Properties"]!;
        var metrics = alarm["Metrics"]!.AsArray().ToDictionary(static metric => metric!["Id"]!.GetValue<string>(), static metric => metric!);
        var steps = _resources["ScaleOut"]!["Properties"]!["StepScalingPolicyConfiguration"]!["StepAdjustments"]!.AsArray();

        Assert.Equal(1, alarm["Threshold"]!.GetValue<int>());
        Assert.Equal(["backlog"], metrics.Where(static metric => metric.Value["ReturnData"] is null).Select(static metric => metric.Key));
        Assert.Equal("ApproximateNumberOfMessagesVisible", metrics["visible"]["MetricStat"]!["Metric"]!["MetricName"]!.GetValue<string>());
        Assert.Equal("RunningTaskCount", metrics["tasks"]["MetricStat"]!["Metric"]!["MetricName"]!.GetValue<string>());
        Assert.Contains(_resources["Cluster"]!["Properties"]!["ClusterSettings"]!.AsArray(), static setting => setting!["Name"]!.GetValue<string>() == "containerInsights" && setting["Value"]!.GetValue<string>() == "enabled");
        Assert.Equal(0, steps[0]!["MetricIntervalLowerBound"]!.GetValue<int>());
        Assert.Equal(
            steps.Take(steps.Count - 1).Select(static step => step!["MetricIntervalUpperBound"]!.GetValue<int>()),
            steps.Skip(1).Select(static step => step!["MetricIntervalLowerBound"]!.GetValue<int>()));
        Assert.Null(steps[^1]!["MetricIntervalUpperBound"]);
    }

    [Fact]
    public void Tasks_are_stopped_when_nothing_waits_and_nothing_is_worked_on()
    {
        var alarm = _resources["NothingToDo"]!["Properties"]!;

        Assert.Equal(
            ["ApproximateNumberOfMessagesNotVisible", "ApproximateNumberOfMessagesVisible"],
            alarm["Metrics"]!.AsArray().Select(static metric => metric!["MetricStat"]?["Metric"]!["MetricName"]!.GetValue<string>()).OfType<string>().Order(StringComparer.Ordinal));
        Assert.Equal(0, alarm["Threshold"]!.GetValue<int>());
        Assert.Equal("ExactCapacity", _resources["ScaleIn"]!["Properties"]!["StepScalingPolicyConfiguration"]!["AdjustmentType"]!.GetValue<string>());
    }

    [Fact]
    public void The_container_can_do_nothing_but_its_work()
    {
        var container = Container;

        Assert.Equal("10001:10001", container["User"]!.GetValue<string>());
        Assert.True(container["ReadonlyRootFilesystem"]!.GetValue<bool>());
        var volume = Assert.Single(container["MountPoints"]!.AsArray())!["ContainerPath"]!.GetValue<string>();
        Assert.Equal("/tmp", volume);
        Assert.Contains($"VOLUME [\"{volume}\"]", DeployFile.Read("container/Dockerfile").Split('\n'));
    }

    [Fact]
    public void The_queue_gives_a_killed_poller_time_and_a_request_tries()
    {
        var queue = _resources["RequestQueue"]!["Properties"]!;

        Assert.InRange(queue["VisibilityTimeout"]!.GetValue<int>(), 30, 120);
        Assert.InRange(queue["RedrivePolicy"]!["maxReceiveCount"]!.GetValue<int>(), 5, 20);
    }

    [Fact]
    public void Unfinished_uploads_are_ended_but_not_those_under_way() =>
        Assert.True(_resources["DestinationBucket"]!["Properties"]!["LifecycleConfiguration"]!["Rules"]![0]!["AbortIncompleteMultipartUpload"]!["DaysAfterInitiation"]!.GetValue<int>() >= 1);

    private JsonNode Container => Assert.Single(_resources["TaskDefinition"]!["Properties"]!["ContainerDefinitions"]!.AsArray())!;

    private IEnumerable<string> Named(Func<string, bool> such) =>
        _resources.AsObject().Where(resource => such(resource.Value!["Type"]!.GetValue<string>())).Select(static resource => resource.Key);

    private string Variable(string name) => string.Join(" or ", PolicyDocument.Several(
        Container["Environment"]!.AsArray().Single(variable => variable!["Name"]?.GetValue<string>() == name)!["Value"]!));

    // Those in the role, and those that are put to it.
    private IReadOnlyList<string> AllowedTo(string role)
    {
        Assert.Null(_resources[role]!["Properties"]!["ManagedPolicyArns"]);
        return PolicyDocument.Allowed(
        [
            .. (_resources[role]!["Properties"]!["Policies"]?.AsArray() ?? []).Select(static policy => policy!["PolicyDocument"]!),
            .. Named(static type => type == "AWS::IAM::RolePolicy").Select(name => _resources[name]!["Properties"]!)
                .Where(policy => policy["RoleName"]!["Ref"]!.GetValue<string>() == role).Select(static policy => policy["PolicyDocument"]!),
        ]);
    }
}
