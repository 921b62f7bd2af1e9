using System.Text.Json;
using Archiver.Contract.Messages;
using Archiver.Contract.Text;

namespace Archiver.Processor.Commands;

/// <summary>A result as supervisors read it: one line of JSON.</summary>
internal static class ResultText
{
    public static string Of(ProcessorResult result) => SafeText.Escape(JsonSerializer.Serialize(result, ContractJson.Strict.ProcessorResult));
}
