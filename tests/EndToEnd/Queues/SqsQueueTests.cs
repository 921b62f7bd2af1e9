using Archiver.EndToEnd.Support;
using Archiver.Tests.Queues;

namespace Archiver.EndToEnd.Queues;

public sealed class SqsQueueTests(SqsFixture sqs) : MessageQueueContract(new SqsLab(sqs), fifo: false), IClassFixture<SqsFixture>;

public sealed class SqsFifoQueueTests(SqsFixture sqs) : FifoQueueContract(new SqsLab(sqs)), IClassFixture<SqsFixture>;
