using Archiver.Contract;
using Archiver.Queues;
using Archiver.Tests.Support;

namespace Archiver.Tests.Packaging;

/// <summary>What the client packages offer is what was approved; whoever means to change it changes the listing as well.</summary>
public sealed class PublicApiTests
{
    [Theory]
    [InlineData(typeof(ArchiverException))]
    [InlineData(typeof(IMessageQueue))]
    public void A_package_offers_what_is_listed_and_no_more(Type known)
    {
        var file = $"{known.Assembly.GetName().Name}.txt";
        var offered = PublicApi.Of(known.Assembly).ToList();
        // To be copied over the approved one.
        File.WriteAllLines(Path.Combine(AppContext.BaseDirectory, file), offered);

        Assert.Equal(Repository.Read($"tests/Unit/Packaging/PublicApi/{file}").TrimEnd().Split('\n'), offered);
    }

    [Fact]
    public void A_listing_tells_types_members_and_what_may_be_null() => Assert.Superset(
        new HashSet<string>
        {
            "Archiver.Queues.QueueFactory: sealed class",
            "Archiver.Queues.QueueFactory.Open(String location): Archiver.Queues.IMessageQueue",
            "Archiver.Queues.ReceivedMessage.GroupId: String? { get; init; }",
        },
        PublicApi.Of(typeof(IMessageQueue).Assembly).ToHashSet());
}
