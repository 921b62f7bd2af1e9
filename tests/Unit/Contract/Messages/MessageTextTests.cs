using System.Text.Json;
using Archiver.Contract.Messages;

namespace Archiver.Tests.Contract.Messages;

/// <summary>A message can be shown whatever JSON its sender put into it.</summary>
public sealed class MessageTextTests
{
    private static readonly JsonElement HalfCharacter = JsonElement.Parse("\"\\ud800\"");

    [Fact]
    public void A_completion_whose_metadata_is_half_a_character_is_shown() => Assert.Equal(
        "ArchiveCompletion { AipId = mds2909, RequestId = 5fea, Success = True, Message = Done. }",
        new ArchiveCompletion { AipId = "mds2909", RequestId = "5fea", Timestamp = "", Success = true, Message = "Done.", Metadata = HalfCharacter }.ToString());

    [Fact]
    public void A_request_whose_metadata_is_half_a_character_is_shown() => Assert.Equal(
        "ArchiveRequest { Action = archive, AipId = mds2909, FilesFrom = , Priority = low, Timestamp =  }",
        new ArchiveRequest { AipId = "mds2909", Priority = "low", Metadata = HalfCharacter }.ToString());
}
