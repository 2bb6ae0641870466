using System.Buffers.Text;
using Tracing.Schemas;

namespace Tracing.Capture.Importing.QemuTrace;

/// <summary>A line of QEMU's log: <c>THREAD@SECONDS.MICROSECONDS:EVENT ARGUMENTS</c>, the beginning only with <c>-msg timestamp=on</c>.</summary>
internal readonly ref struct QemuLine
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Takes a line apart.</summary>
    public QemuLine(ReadOnlySpan<byte> line)
    {
        Time = EventRecord.UnknownTime;
        if (Utf8Parser.TryParse(line, out ulong thread, out var digits) && digits < line.Length && line[digits] == '@')
        {
            var rest = line[(digits + 1)..];
            if (Utf8Parser.TryParse(rest, out uint seconds, out var first) && first < rest.Length && rest[first] == '.'
                && Utf8Parser.TryParse(rest[(first + 1)..], out uint micro, out var second) && second == 6
                && first + second + 1 < rest.Length && rest[first + second + 1] == ':')
            {
                Thread = thread;
                Time = (seconds * NanosecondsPerSecond) + (micro * 1000L);
                line = rest[(first + second + 2)..];
            }
        }

        var space = line.IndexOf((byte)' ');
        Event = space < 0 ? line : line[..space];
        Arguments = space < 0 ? default : line[(space + 1)..];
    }

    /// <summary>The thread's id, 0 if it is not known.</summary>
    public ulong Thread { get; }

    /// <summary>Nanoseconds since the epoch, or <see cref="EventRecord.UnknownTime"/>.</summary>
    public long Time { get; }

    /// <summary>The event's name.</summary>
    public ReadOnlySpan<byte> Event { get; }

    /// <summary>What stands behind the name.</summary>
    public ReadOnlySpan<byte> Arguments { get; }
}
