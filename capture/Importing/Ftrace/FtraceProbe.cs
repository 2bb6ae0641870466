using System.Buffers;
using System.Text;

namespace Tracing.Capture.Importing.Ftrace;

/// <summary>
/// The beginning of a kprobe's line: <c>(vp_modern_set_status+0x0/0x20 [module])</c> at a function's entry,
/// <c>(caller+0x34/0x25f [module] &lt;- vp_modern_get_status)</c> at its return. trace-cmd prints bare addresses instead.
/// </summary>
internal readonly ref struct FtraceProbe
{
    private const int LongestSymbol = 128;

    private static readonly SearchValues<byte> hexadecimalDigits = SearchValues.Create("0123456789abcdef"u8);

    private FtraceProbe(string? function, ReadOnlySpan<byte> caller, bool isReturn, ReadOnlySpan<byte> arguments)
    {
        (Function, IsReturn) = (function, isReturn);
        Caller = caller;
        Arguments = new FtraceArguments(arguments);
    }

    /// <summary>The probed function's symbol, null where an address stands for it.</summary>
    public string? Function { get; }

    /// <summary>Where the function returns to, symbol and module; empty at an entry.</summary>
    public ReadOnlySpan<byte> Caller { get; }

    /// <summary>Whether the function returns here.</summary>
    public bool IsReturn { get; }

    /// <summary>What was fetched.</summary>
    public FtraceArguments Arguments { get; }

    /// <summary>Takes the text behind a probe's name apart.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out FtraceProbe probe)
    {
        probe = default;
        if (!text.StartsWith("("u8)) return false;
        var end = text.IndexOf((byte)')');
        if (end < 0) return false;
        var place = text[1..end];
        var arguments = text[(end + 1)..].TrimStart((byte)' ');
        var arrow = place.IndexOf(" <- "u8);
        probe = arrow < 0
            ? new FtraceProbe(Symbol(place), default, false, arguments)
            : new FtraceProbe(Symbol(place[(arrow + 4)..]), place[..arrow], true, arguments);
        return true;
    }

    private static string? Symbol(ReadOnlySpan<byte> place)
    {
        // The compiler's variants of a function have a suffix, such as .isra.0.
        var end = place.IndexOfAny((byte)'+', (byte)' ', (byte)'.');
        if (end >= 0) place = place[..end];
        return place.IsEmpty || place.Length > LongestSymbol || place.IndexOfAnyExcept(hexadecimalDigits) < 0 ? null : Encoding.Latin1.GetString(place);
    }
}
