using System.Text;
using Tracing.Schemas;

namespace Tracing.Capture.Importing.Ftrace;

/// <summary>The execution contexts of a trace. Interrupts on top of a task count apart where lines have their flags.</summary>
internal sealed class FtraceThreads
{
    private const int MostThreads = 1 << 14;
    private const long IdleOfProcessor = 1L << 32;

    private readonly Dictionary<(long Task, byte Context), FtraceThread> all = [];

    /// <summary>The context of a line; null if there are too many.</summary>
    public FtraceThread? Of(FtraceLine line)
    {
        // Each processor has an idle task of its own, and all of them have the id 0.
        var task = line.Process == 0 ? IdleOfProcessor | line.Processor : line.Process;
        var context = line.Context == '.' ? (byte)0 : line.Context;
        if (all.TryGetValue((task, context), out var known)) return known;
        if (all.Count == MostThreads) return null;
        return all[(task, context)] = new FtraceThread((ushort)all.Count, NameOf(line, context));
    }

    private static string NameOf(FtraceLine line, byte context)
    {
        var name = Printable.Line($"{Encoding.Latin1.GetString(line.Task)}-{line.Process}");
        return (char)context switch
        {
            '\0' => name,
            's' => $"soft interrupt on {name}",
            _ => $"interrupt on {name}",
        };
    }
}
