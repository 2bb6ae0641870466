using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Tracing.Capture.Importing.Qtest;

/// <summary>What a qtest command does to the machine.</summary>
internal enum QtestVerb
{
    None,
    PortRead,
    PortWrite,
    Read,
    Write,
}

/// <summary>A command of the qtest protocol that accesses ports or memory (docs/devel/qtest.rst of QEMU 7.2).</summary>
/// <param name="Verb">What it does.</param>
/// <param name="Address">Port or bus address.</param>
/// <param name="Width">Bytes of a number; 0 = a block of bytes.</param>
/// <param name="Length">Bytes in all.</param>
internal readonly record struct QtestCommand(QtestVerb Verb, ulong Address, byte Width, int Length)
{
    /// <summary>More than a line holds.</summary>
    private const int MostBytes = LineSource.MostBytes;

    /// <summary>What is written; empty for a read, or where the log does not hold all of it.</summary>
    public byte[] Bytes { get; init; } = [];

    /// <summary>Reads a command; false if it is none that accesses anything, or is not as it should be.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out QtestCommand command)
    {
        command = default;
        var verb = Word(ref text);
        if (!Number(Word(ref text), out var address)) return false;
        if (verb.StartsWith("in"u8) && verb.Length == 3) return Single(QtestVerb.PortRead, verb[2], address, default, ref command);
        if (verb.StartsWith("out"u8) && verb.Length == 4) return Single(QtestVerb.PortWrite, verb[3], address, Word(ref text), ref command);
        if (verb.StartsWith("read"u8) && verb.Length == 5) return Single(QtestVerb.Read, verb[4], address, default, ref command);
        if (verb.StartsWith("write"u8) && verb.Length == 6) return Single(QtestVerb.Write, verb[5], address, Word(ref text), ref command);
        if (!Number(Word(ref text), out var length) || length is 0 or > MostBytes) return false;
        var isRead = verb.SequenceEqual("read"u8) || verb.SequenceEqual("b64read"u8);
        var bytes = isRead ? [] : Content(verb, Word(ref text), (int)length);
        if (bytes is null) return false;
        command = new QtestCommand(isRead ? QtestVerb.Read : QtestVerb.Write, address, 0, (int)length) { Bytes = bytes };
        return true;
    }

    /// <summary>What was read, by QEMU's answer; null if that is not as it should be.</summary>
    public byte[]? Answered(ReadOnlySpan<byte> answer)
    {
        if (Width > 0) return Number(answer, out var number) ? Little(number, Width) : null;
        return answer.StartsWith("0x"u8) ? Hexadecimal(answer, Length) : Base64Bytes(answer, Length);
    }

    private static bool Single(QtestVerb verb, byte letter, ulong address, ReadOnlySpan<byte> value, ref QtestCommand command)
    {
        byte width = letter switch { (byte)'b' => 1, (byte)'w' => 2, (byte)'l' => 4, (byte)'q' => 8, _ => 0 };
        var isWrite = verb is QtestVerb.PortWrite or QtestVerb.Write;
        var number = 0UL;
        if (width == 0 || (isWrite && !Number(value, out number))) return false;
        command = new QtestCommand(verb, address, width, width) { Bytes = isWrite ? Little(number, width) : [] };
        return true;
    }

    private static byte[]? Content(ReadOnlySpan<byte> verb, ReadOnlySpan<byte> word, int length)
    {
        if (verb.SequenceEqual("write"u8)) return Hexadecimal(word, length);
        if (verb.SequenceEqual("b64write"u8)) return Base64Bytes(word, length);
        if (!verb.SequenceEqual("memset"u8) || !Number(word, out var pattern)) return null;
        var bytes = new byte[length];
        bytes.AsSpan().Fill(unchecked((byte)pattern));
        return bytes;
    }

    private static byte[]? Hexadecimal(ReadOnlySpan<byte> word, int length)
    {
        if (!word.StartsWith("0x"u8) || word.Length != 2 + (2 * length)) return null;
        var bytes = new byte[length];
        return Convert.FromHexString(Encoding.Latin1.GetString(word[2..]), bytes, out _, out _) == OperationStatus.Done ? bytes : null;
    }

    private static byte[]? Base64Bytes(ReadOnlySpan<byte> word, int length)
    {
        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(word.Length)];
        return Base64.DecodeFromUtf8(word, bytes, out _, out var written) == OperationStatus.Done && written == length ? bytes[..length] : null;
    }

    private static byte[] Little(ulong number, int width)
    {
        var bytes = new byte[width];
        for (var index = 0; index < width; index++) bytes[index] = unchecked((byte)(number >> (8 * index)));
        return bytes;
    }

    /// <summary>Numbers are as strtoul reads them: hexadecimal with 0x, octal with 0, else decimal.</summary>
    private static bool Number(ReadOnlySpan<byte> word, out ulong number)
    {
        if (word.StartsWith("0x"u8) || word.StartsWith("0X"u8))
            return Utf8Parser.TryParse(word[2..], out number, out var used, 'x') && used == word.Length - 2;
        return Utf8Parser.TryParse(word, out number, out var digits) && digits == word.Length && (word.Length == 1 || word[0] != '0');
    }

    private static ReadOnlySpan<byte> Word(ref ReadOnlySpan<byte> text)
    {
        text = text.TrimStart((byte)' ');
        var space = text.IndexOf((byte)' ');
        var word = space < 0 ? text : text[..space];
        text = text[word.Length..];
        return word;
    }
}
