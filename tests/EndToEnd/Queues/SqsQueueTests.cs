using Archiver.Tests.Queues;

namespace Archiver.EndToEnd.Queues;

public sealed class SqsQueueTests() : MessageQueueContract(new SqsLab(), fifo: false);

public sealed class SqsFifoQueueTests() : FifoQueueContract(new SqsLab());
