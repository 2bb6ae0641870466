using System.Buffers;
using System.Buffers.Text;
using Tracing.Schemas;

namespace Tracing.Capture.Importing.Ftrace;

/// <summary>
/// An event's line: <c>TASK-PID [CPU] FLAGS TIMESTAMP: EVENT: …</c>. trace-cmd prints no flags, and the option record-tgid puts
/// another column in front of the processor (Linux, Documentation/trace/ftrace.rst).
/// </summary>
internal readonly ref struct FtraceLine
{
    /// <summary>A task's name has at most 15 letters; what stands in front of the processor fits here with room to spare.</summary>
    private const int LettersBeforeProcessor = 80;

    /// <summary>Where in the flags stands whether an interrupt is being served.</summary>
    private const int InterruptFlag = 2;

    private const int FractionDigits = 9;
    private const long NanosecondsPerSecond = 1_000_000_000;

    private static readonly SearchValues<byte> nameLetters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"u8);

    private FtraceLine(ReadOnlySpan<byte> task, uint process, uint processor, byte context, long time, ReadOnlySpan<byte> name, ReadOnlySpan<byte> rest)
    {
        (Process, Processor, Context, Time) = (process, processor, context, time);
        Task = task;
        Event = name;
        Rest = rest;
    }

    /// <summary>The task's name.</summary>
    public ReadOnlySpan<byte> Task { get; }

    /// <summary>The task's id; 0 = nothing runs on that processor.</summary>
    public uint Process { get; }

    /// <summary>The processor's number.</summary>
    public uint Processor { get; }

    /// <summary>The letter of the interrupt that is being served, '.' for none; 0 where the line does not say.</summary>
    public byte Context { get; }

    /// <summary>Nanoseconds, or <see cref="EventRecord.UnknownTime"/> where the trace's clock counts something else.</summary>
    public long Time { get; }

    /// <summary>The event's name, or the probe's.</summary>
    public ReadOnlySpan<byte> Event { get; }

    /// <summary>What stands behind the name.</summary>
    public ReadOnlySpan<byte> Rest { get; }

    /// <summary>Takes a line apart. A task's name may hold anything: the processor is the first bracket with which the rest fits.</summary>
    public static bool TryParse(ReadOnlySpan<byte> line, out FtraceLine parsed)
    {
        parsed = default;
        for (var from = 0; from < Math.Min(line.Length, LettersBeforeProcessor);)
        {
            var bracket = line[from..].IndexOf((byte)'[');
            if (bracket < 0) return false;
            bracket += from;
            if (bracket > LettersBeforeProcessor) return false;
            if (TryTask(line[..bracket], out var task, out var process) && TryRest(line[(bracket + 1)..], task, process, out parsed)) return true;
            from = bracket + 1;
        }

        return false;
    }

    private static bool TryTask(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> task, out uint process)
    {
        task = default;
        process = 0;
        text = text.Trim((byte)' ');
        if (text.EndsWith(")"u8)) text = text[..Math.Max(0, text.LastIndexOf((byte)'('))].TrimEnd((byte)' ');
        var dash = text.LastIndexOf((byte)'-');
        if (dash < 1 || !Utf8Parser.TryParse(text[(dash + 1)..], out process, out var digits) || dash + 1 + digits != text.Length) return false;
        task = text[..dash];
        return true;
    }

    private static bool TryRest(ReadOnlySpan<byte> text, ReadOnlySpan<byte> task, uint process, out FtraceLine parsed)
    {
        parsed = default;
        if (!Utf8Parser.TryParse(text, out uint processor, out var digits) || digits >= text.Length || text[digits] != ']') return false;
        text = text[(digits + 1)..].TrimStart((byte)' ');
        byte context = 0;
        if (!TryTime(text, out var time, out var length))
        {
            var flags = text.IndexOf((byte)' ');
            if (flags < 0) return false;
            if (flags > InterruptFlag) context = text[InterruptFlag];
            text = text[flags..].TrimStart((byte)' ');
            if (!TryTime(text, out time, out length)) return false;
        }

        text = text[length..].TrimStart((byte)' ');
        var colon = text.IndexOf((byte)':');
        if (colon < 1 || text[..colon].IndexOfAnyExcept(nameLetters) >= 0) return false;
        parsed = new FtraceLine(task, process, processor, context, time, text[..colon], text[(colon + 1)..].Trim((byte)' '));
        return true;
    }

    /// <summary>Seconds with a fraction, or what a clock counts that is none of time; a colon ends it.</summary>
    private static bool TryTime(ReadOnlySpan<byte> text, out long time, out int length)
    {
        (time, length) = (EventRecord.UnknownTime, text.IndexOf((byte)':') + 1);
        if (length < 2) return false;
        text = text[..(length - 1)];
        if (!Utf8Parser.TryParse(text, out ulong whole, out var digits)) return false;
        if (digits == text.Length) return true;
        var fraction = text[(digits + 1)..];
        if (text[digits] != '.' || fraction.Length is 0 or > FractionDigits || fraction.IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0) return false;
        if (whole >= long.MaxValue / NanosecondsPerSecond) return true;
        time = (long)whole * NanosecondsPerSecond;
        var unit = NanosecondsPerSecond;
        foreach (var digit in fraction) time += (digit - '0') * (unit /= 10);
        return true;
    }
}
