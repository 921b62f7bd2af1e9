using Archiver.Processor.Packaging.Zip;
using Archiver.Processor.Parts;
using Archiver.Processor.Planning;
using Archiver.Tests.Support;
using FsCheck.Xunit;

namespace Archiver.Tests.Processor.Packaging;

[Properties(Arbitrary = [typeof(ArchiveCases)], MaxTest = 200)]
public sealed class ZipLayoutTests : ArchiveLayoutContract
{
    protected override IArchiveLayout LayOut(ArchivePlan plan, long leastPart) => new ZipLayout(plan, leastPart);
}

[Properties(Arbitrary = [typeof(ArchiveCases)], MaxTest = 200)]
public sealed class PaddedLayoutTests : ArchiveLayoutContract
{
    protected override IArchiveLayout LayOut(ArchivePlan plan, long leastPart) => new PaddedLayout(plan, leastPart);
}
