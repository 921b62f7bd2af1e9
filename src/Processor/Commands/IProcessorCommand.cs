using System.CommandLine;
using Archiver.Contract.Messages;

namespace Archiver.Processor.Commands;

/// <summary>A command of the processor. An instance holds the values of its options.</summary>
/// <typeparam name="TSelf">The command itself.</typeparam>
/// <typeparam name="TResult">What the command produces.</typeparam>
internal interface IProcessorCommand<TSelf, TResult> where TSelf : IProcessorCommand<TSelf, TResult>
{
    /// <summary>The package's identifier, from the command line or, once it is read, the request; null while it is unknown.</summary>
    string? AipId { get; }

    /// <summary>Whether the run is traced as a job.</summary>
    bool IsJob => true;

    /// <summary>The command's name, help and options.</summary>
    static abstract Command Define();

    static abstract TSelf From(ParseResult parsed);

    Task<TResult> RunAsync(CommandContext context, CancellationToken cancellationToken);

    /// <summary>The text of a result for standard output.</summary>
    string Write(TResult result);

    /// <summary>The result to write if the command fails.</summary>
    ProcessorResult Failed(FailureDescription failure) =>
        new() { AipId = AipId, Success = false, Message = failure.Detail, Error = failure };
}
