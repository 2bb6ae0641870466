using System.Buffers.Text;

namespace Tracing.Capture.Importing.Ftrace;

/// <summary>What an event prints: <c>name=value</c>, separated by spaces; texts of probes stand in quotation marks.</summary>
internal readonly ref struct FtraceArguments(ReadOnlySpan<byte> text)
{
    private readonly ReadOnlySpan<byte> text = text;

    /// <summary>Whether there is nothing in it but names with their values: lines that were torn and run into one another have more.</summary>
    public bool AreWellFormed
    {
        get
        {
            for (var rest = text; rest.Length > 0;)
            {
                var equals = rest.IndexOf((byte)'=');
                if (equals < 1 || rest[..equals].Contains((byte)' ')) return false;
                rest = rest[(equals + 1)..];
                var isQuoted = rest.StartsWith("\""u8);
                if (isQuoted) rest = rest[1..];
                var end = rest.IndexOf(isQuoted ? (byte)'"' : (byte)' ');
                if (isQuoted && end++ < 0) return false;
                rest = end < 0 || end >= rest.Length ? default : rest[end..].TrimStart((byte)' ');
            }

            return true;
        }
    }

    /// <summary>The value of the first of these names that is there.</summary>
    public bool TryText(scoped ReadOnlySpan<string> names, out ReadOnlySpan<byte> value)
    {
        foreach (var name in names)
        {
            if (TryText(name, out value)) return true;
        }

        value = default;
        return false;
    }

    /// <summary>A number: decimal, negative as its two's complement, or hexadecimal behind 0x. What could not be fetched is none.</summary>
    public ulong? Number(params ReadOnlySpan<string> names) => TryText(names, out var value) ? Parsed(value) : null;

    /// <summary>A number that is printed in hexadecimal without 0x, as the kernel's own events do.</summary>
    public ulong? Hexadecimal(string name)
        => TryText(name, out var value) && Utf8Parser.TryParse(value, out ulong number, out var digits, 'x') && digits == value.Length ? number : null;

    /// <summary>A list such as <c>{0x1000,0x2000}</c>, at most as many as there is room for.</summary>
    public int Numbers(string name, Span<ulong> numbers)
    {
        var count = 0;
        if (!TryText(name, out var value) || value is not [(byte)'{', .. var list, (byte)'}']) return 0;
        foreach (var part in list.Split((byte)','))
        {
            if (count == numbers.Length || Parsed(list[part]) is not { } number) break;
            numbers[count++] = number;
        }

        return count;
    }

    private static ulong? Parsed(ReadOnlySpan<byte> value)
    {
        if (value.StartsWith("0x"u8))
            return Utf8Parser.TryParse(value[2..], out ulong pattern, out var hexadecimals, 'x') && hexadecimals == value.Length - 2 ? pattern : null;
        if (Utf8Parser.TryParse(value, out ulong number, out var digits) && digits == value.Length) return number;
        return Utf8Parser.TryParse(value, out long negative, out digits) && digits == value.Length ? unchecked((ulong)negative) : null;
    }

    private bool TryText(string name, out ReadOnlySpan<byte> value)
    {
        value = default;
        for (var rest = text; rest.Length > 0;)
        {
            var equals = rest.IndexOf((byte)'=');
            if (equals < 0) return false;
            var key = rest[(rest[..equals].LastIndexOf((byte)' ') + 1)..equals];
            rest = rest[(equals + 1)..];
            var isQuoted = rest.StartsWith("\""u8);
            if (isQuoted) rest = rest[1..];
            var end = rest.IndexOf(isQuoted ? (byte)'"' : (byte)' ');
            value = end < 0 ? rest : rest[..end];
            if (IsName(key, name)) return true;
            rest = end < 0 ? default : rest[(end + 1)..];
        }

        return false;
    }

    private static bool IsName(ReadOnlySpan<byte> key, string name)
    {
        if (key.Length != name.Length) return false;
        for (var index = 0; index < key.Length; index++)
        {
            if (key[index] != name[index]) return false;
        }

        return true;
    }
}
