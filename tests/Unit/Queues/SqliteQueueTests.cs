namespace Archiver.Tests.Queues;

public sealed class SqliteQueueTests() : LocalQueueContract(new SqliteLab(), fifo: false);

public sealed class SqliteFifoQueueTests() : LocalFifoQueueContract(new SqliteLab());
