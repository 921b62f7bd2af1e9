using Archiver.EndToEnd.Support;
using Archiver.Tests.Processor.Stores;

namespace Archiver.EndToEnd.Stores;

public sealed class S3SourceContractTests(S3Fixture s3) : SourceStoreContract(new S3SourceLab(s3)), IClassFixture<S3Fixture>;

public sealed class S3ArchivesContractTests(S3Fixture s3) : ArchiveStoreContract(new S3ArchiveLab(s3)), IClassFixture<S3Fixture>;
