using System.Text.Json;
using Archiver.Contract.Messages;
using Archiver.Contract.Text;

namespace Archiver.Processor.Commands;

/// <summary>Writes a result as the one line of JSON that supervisors read.</summary>
internal static class ResultText
{
    public static string Of(ProcessorResult result) =>
        SafeText.Escape(JsonSerializer.Serialize(result, ContractJson.Strict.ProcessorResult));
}
