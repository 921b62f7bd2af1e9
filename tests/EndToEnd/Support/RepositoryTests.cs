
namespace Archiver.EndToEnd.Support;

public class RepositoryTests
{
    [Fact]
    public void The_programs_are_built()
    {
        Assert.All([Repository.Poller, Repository.Processor, Repository.Cli, Repository.Dummy], path => Assert.True(File.Exists(path), path));
    }
}
