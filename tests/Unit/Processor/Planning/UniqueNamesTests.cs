using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Processor.Planning;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Archiver.Tests.Processor.Planning;

public sealed class UniqueNamesTests
{
    private readonly UniqueNames _names = new(refuse: false);

    [Theory]
    [InlineData("a.jpg", "a (2).jpg", "a (3).jpg")]
    [InlineData("album/a.jpg", "album/a (2).jpg", "album/a (3).jpg")]
    [InlineData("album.2024/a", "album.2024/a (2)", "album.2024/a (3)")]
    [InlineData("a.tar.gz", "a.tar (2).gz", "a.tar (3).gz")]
    [InlineData(".hidden", ".hidden (2)", ".hidden (3)")]
    [InlineData("folder/.hidden", "folder/.hidden (2)", "folder/.hidden (3)")]
    public void The_second_gets_a_number_before_its_extension(string name, string second, string third) =>
        Assert.Equal([name, second, third], [_names.Take(name), _names.Take(name), _names.Take(name)]);

    [Fact]
    public void A_number_that_is_taken_is_left_out() =>
        Assert.Equal(
            ["a (2).jpg", "a.jpg", "a (3).jpg", "a (2) (2).jpg"],
            [_names.Take("a (2).jpg"), _names.Take("a.jpg"), _names.Take("a.jpg"), _names.Take("a (2).jpg")]);

    [Fact]
    public void Case_tells_names_apart() => Assert.Equal(["a.jpg", "A.jpg"], [_names.Take("a.jpg"), _names.Take("A.jpg")]);

    [Fact]
    public void Where_the_setting_says_so_the_second_is_exit_code_65()
    {
        var names = new UniqueNames(refuse: true);
        names.Take("a.jpg");

        var error = Assert.Throws<ArchiverException>(() => names.Take("a.jpg"));

        Assert.Equal(ExitCode.DataError, error.ExitCode);
        Assert.Contains("\"a.jpg\"", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_its_number_makes_too_long_is_exit_code_65()
    {
        var longest = new string('n', 65_452);
        _names.Take(longest);

        Assert.Equal(ExitCode.DataError, Assert.Throws<ArchiverException>(() => _names.Take(longest)).ExitCode);
    }

    [Fact]
    public void A_file_that_has_the_name_of_a_folder_gets_a_number() =>
        Assert.Equal(["d.txt/x.txt", "d (2).txt", "d.txt/y.txt"], Taken("d.txt/x.txt", "d.txt", "d.txt/y.txt"));

    [Fact]
    public void A_folder_that_has_the_name_of_a_file_gets_one_with_all_that_is_in_it() =>
        Assert.Equal(
            ["d.txt", "d (2).txt/x.txt", "d (2).txt/e/y.txt", "d (2).txt/x (2).txt"],
            Taken("d.txt", "d.txt/x.txt", "d.txt/e/y.txt", "d.txt/x.txt"));

    [Fact]
    public void A_folder_in_a_folder_that_has_another_name_may_need_another_too() =>
        Assert.Equal(["a", "a (2)/b", "a (2)/b (2)/c", "a (2)/b (2)/d"], Taken("a", "a/b", "a/b/c", "a/b/d"));

    [Fact]
    public void A_folder_s_number_is_that_of_no_file_and_no_other_folder() =>
        Assert.Equal(["a (2)", "a (3)/x", "a", "a (4)/y"], Taken("a (2)", "a (3)/x", "a", "a/y"));

    [Theory]
    [InlineData("d.txt", "d.txt/x.txt")]
    [InlineData("d.txt/x.txt", "d.txt")]
    [InlineData("d/e", "d/e/f/x.txt")]
    [InlineData("d/e/f/x.txt", "d/e")]
    public void Where_the_setting_says_so_a_file_and_a_folder_of_one_name_are_exit_code_65(string first, string second)
    {
        var names = new UniqueNames(refuse: true);
        names.Take(first);

        var error = Assert.Throws<ArchiverException>(() => names.Take(second));

        Assert.Equal(ExitCode.DataError, error.ExitCode);
        Assert.Contains($"\"{(first.Length < second.Length ? first : second)}\"", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Folders_count_like_files()
    {
        var names = new UniqueNames(refuse: false, mostFolders: 3);
        names.Take("a/b/c/x");

        Assert.Contains("Archive:MaxEntries", Assert.Throws<ArchiverException>(() => names.Take("d/x")).Message, StringComparison.Ordinal);
    }

    [Property(MaxTest = 2_000)]
    public FsCheck.Property All_names_fit_into_one_file_system() =>
        Prop.ForAll(Gen.Elements("a", "a (2)", "a/a", "a/a/a", "a/b", "b", "b/a (2)", "b/a", "b/a/c", "a (2)/b").ArrayOf().ToArbitrary(), static wanted =>
        {
            var names = new UniqueNames(refuse: false);
            var taken = wanted.Select(names.Take).ToList();

            Assert.Equal(taken.Distinct(), taken);
            Assert.DoesNotContain(taken, file => taken.Any(other => other.StartsWith(file + "/", StringComparison.Ordinal)));
        });

    [Property]
    public FsCheck.Property No_two_names_are_equal() =>
        Prop.ForAll(Gen.Elements("a", "a (2)", "a (3)", "b.c", "b (2).c", "f/b.c").ArrayOf().ToArbitrary(), static wanted =>
        {
            var names = new UniqueNames(refuse: false);
            var taken = wanted.Select(names.Take).ToList();

            Assert.Equal(taken.Distinct(), taken);
            Assert.Equal(wanted.Distinct().Order(), taken.Intersect(wanted).Order());
        });

    private string[] Taken(params string[] wanted) => [.. wanted.Select(_names.Take)];

    [Fact]
    public void A_hundred_thousand_equal_names_are_soon_told_apart() =>
        Assert.Equal("a (100000).jpg", Enumerable.Range(0, 100_000).Select(_ => _names.Take("a.jpg")).ToList()[^1]);
}
