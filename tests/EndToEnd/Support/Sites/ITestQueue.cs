namespace Archiver.EndToEnd.Support.Sites;

/// <summary>A queue as the tests use it: they send, they look, they take.</summary>
public interface ITestQueue
{
    /// <summary>What the programs call it.</summary>
    string Location { get; }

    /// <summary>Returns the message id.</summary>
    Task<string> SendAsync(string body, IReadOnlyDictionary<string, string>? attributes = null);

    /// <summary>Waits for a message and leaves it in flight.</summary>
    Task<SeenMessage> ReceiveOneAsync();

    /// <summary>Receives and deletes until nothing comes.</summary>
    Task<IReadOnlyList<SeenMessage>> TakeAllAsync();

    /// <summary>How many wait, and how many are in flight.</summary>
    Task<(int Visible, int InFlight)> CountAsync();
}
