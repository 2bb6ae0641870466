using System.Text.Json.Serialization;

namespace Tracing.Capture.Importing.NetTrace;

/// <summary>One source of a trace.</summary>
/// <param name="Process">The process's number.</param>
/// <param name="Name">The source's name.</param>
/// <param name="Facts">What it says of itself, as in a journal's header; null if that was lost.</param>
/// <param name="CountAtFirst">How many events it had when it first said what it is: more than none where the recorder came late.</param>
/// <param name="Total">How many events it had in the end; null if it was not seen to end.</param>
internal sealed record SpooledSource(int Process, string Name, string? Facts = null, ulong? CountAtFirst = null, ulong? Total = null);

/// <summary>How the reading of a trace went.</summary>
/// <param name="Damage">Why it ended before the end; null if it did not.</param>
/// <param name="EventsLost">How many events of all its providers the trace says were lost.</param>
/// <param name="PassedOver">Events that no source here has, by what they are.</param>
internal sealed record UnpackedTrace(string? Damage, long EventsLost, IReadOnlyDictionary<string, ulong> PassedOver);

/// <summary>How what one process tells the other becomes JSON.</summary>
[JsonSerializable(typeof(SpooledSource))]
[JsonSerializable(typeof(UnpackedTrace))]
internal sealed partial class SpoolJson : JsonSerializerContext;
