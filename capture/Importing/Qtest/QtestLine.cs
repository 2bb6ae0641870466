using System.Buffers.Text;
using Tracing.Schemas;

namespace Tracing.Capture.Importing.Qtest;

/// <summary>
/// A line of QEMU's qtest log: <c>[R +SECONDS.MICROSECONDS] COMMAND</c> for what the client asked, <c>[S +…] ANSWER</c> for
/// what QEMU said, <c>[I …]</c> for the connection's beginning and end (QEMU's softmmu/qtest.c).
/// </summary>
internal readonly ref struct QtestLine
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Takes a line apart.</summary>
    public QtestLine(ReadOnlySpan<byte> line)
    {
        Time = EventRecord.UnknownTime;
        var close = line.IndexOf((byte)']');
        if (line.Length < 4 || line[0] != '[' || line[2] != ' ' || close < 0 || line[1] is not ((byte)'R' or (byte)'S' or (byte)'I')) return;
        var time = line[3..close];
        if (time.StartsWith("+"u8)) time = time[1..];
        if (!Utf8Parser.TryParse(time, out uint seconds, out var first) || first >= time.Length || time[first] != '.'
            || !Utf8Parser.TryParse(time[(first + 1)..], out uint micro, out var second) || second != 6 || first + 1 + second != time.Length) return;
        Kind = (char)line[1];
        Time = (seconds * NanosecondsPerSecond) + (micro * 1000L);
        Text = line[(close + 1)..].Trim((byte)' ');
    }

    /// <summary>R, S or I; 0 if it is no such line.</summary>
    public char Kind { get; }

    /// <summary>Nanoseconds since the connection began.</summary>
    public long Time { get; }

    /// <summary>The command or the answer.</summary>
    public ReadOnlySpan<byte> Text { get; }
}
