using System.Text.Json.Serialization;

namespace Tracing.Journals;

/// <summary>The header's text: the run's metadata keys and values.</summary>
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class JournalJson : JsonSerializerContext;
