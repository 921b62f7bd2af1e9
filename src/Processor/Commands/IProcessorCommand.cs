using System.CommandLine;
using Archiver.Contract.Messages;

namespace Archiver.Processor.Commands;

/// <summary>One thing that the processor does. An instance is what its options say.</summary>
/// <typeparam name="TSelf">The command itself.</typeparam>
/// <typeparam name="TResult">What comes of it.</typeparam>
internal interface IProcessorCommand<TSelf, TResult> where TSelf : IProcessorCommand<TSelf, TResult>
{
    /// <summary>The package that the command line names.</summary>
    string? AipId { get; }

    /// <summary>Whether it is a job, which is traced as such.</summary>
    bool IsJob => true;

    /// <summary>Its name, help and options.</summary>
    static abstract Command Define();

    static abstract TSelf From(ParseResult parsed);

    Task<TResult> RunAsync(CommandContext context, CancellationToken cancellationToken);

    /// <summary>The result as it is written to standard output.</summary>
    string Write(TResult result);

    /// <summary>What is written instead when it fails.</summary>
    ProcessorResult Failed(FailureDescription failure) => new() { AipId = AipId, Success = false, Message = failure.Detail, Error = failure };
}
