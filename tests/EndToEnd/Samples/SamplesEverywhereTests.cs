namespace Archiver.EndToEnd.Samples;

// Each collection runs the samples once, for the tests of what came of them and for those of the log.
[CollectionDefinition(nameof(SamplesByMediaSettings))]
public sealed class MediaSettings : ICollectionFixture<SamplesByMediaSettings>;

[CollectionDefinition(nameof(SamplesByRepositorySettings))]
public sealed class RepositorySettings : ICollectionFixture<SamplesByRepositorySettings>;

[CollectionDefinition(nameof(SamplesOnOneMachine))]
public sealed class OneMachine : ICollectionFixture<SamplesOnOneMachine>;

[Collection(nameof(SamplesByMediaSettings))]
public sealed class MessagesByMediaSettingsTests(SamplesByMediaSettings run) : SampleMessageTests(run);

[Collection(nameof(SamplesByRepositorySettings))]
public sealed class MessagesByRepositorySettingsTests(SamplesByRepositorySettings run) : SampleMessageTests(run);

[Collection(nameof(SamplesOnOneMachine))]
public sealed class MessagesOnOneMachineTests(SamplesOnOneMachine run) : SampleMessageTests(run);

[Collection(nameof(SamplesByMediaSettings))]
public sealed class LogByMediaSettingsTests(SamplesByMediaSettings run) : SampleLogTests(run);

[Collection(nameof(SamplesByRepositorySettings))]
public sealed class LogByRepositorySettingsTests(SamplesByRepositorySettings run) : SampleLogTests(run);

[Collection(nameof(SamplesOnOneMachine))]
public sealed class LogOnOneMachineTests(SamplesOnOneMachine run) : SampleLogTests(run);
