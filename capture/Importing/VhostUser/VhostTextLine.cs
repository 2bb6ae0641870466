using System.Buffers.Text;
using System.Text;
using Tracing.Schemas;

namespace Tracing.Capture.Importing.VhostUser;

/// <summary>
/// A line of such a text: <c>HH:MM:SS.ffffff -> NAME flags=0x1 size=8</c> for what the front end says, <c>&lt;-</c> for what it
/// is answered; <c>payload NAME key=number …</c> for what the message before carries.
/// </summary>
internal readonly ref struct VhostTextLine
{
    private const int LettersOfTime = 15;
    private readonly ReadOnlySpan<byte> fields;

    /// <summary>Takes a line apart.</summary>
    public VhostTextLine(ReadOnlySpan<byte> line)
    {
        Time = EventRecord.UnknownTime;
        line = line.Trim((byte)' ');
        if (line.StartsWith("payload "u8))
        {
            IsPayload = true;
            line = line["payload "u8.Length..];
        }
        else if (line.Length > LettersOfTime && TryTime(line[..LettersOfTime]) is { } time)
        {
            var rest = line[LettersOfTime..].TrimStart((byte)' ');
            IsAnswer = rest.StartsWith("<- "u8);
            IsMessage = IsAnswer || rest.StartsWith("-> "u8);
            if (!IsMessage) return;
            Time = time;
            line = rest[3..];
        }
        else
        {
            return;
        }

        var space = line.IndexOf((byte)' ');
        Name = Encoding.Latin1.GetString(space < 0 ? line : line[..space]);
        fields = space < 0 ? default : line[space..];
        Request = VhostRequests.NumberOf(Name);
    }

    /// <summary>Whether it is a message's own line.</summary>
    public bool IsMessage { get; }

    /// <summary>Whether the back end says it.</summary>
    public bool IsAnswer { get; }

    /// <summary>Whether it is what a message carries.</summary>
    public bool IsPayload { get; }

    /// <summary>Nanoseconds since midnight, or <see cref="EventRecord.UnknownTime"/>.</summary>
    public long Time { get; }

    /// <summary>The message's name.</summary>
    public string Name { get; } = "";

    /// <summary>Its number; null if the name is not known.</summary>
    public uint? Request { get; }

    /// <summary>A number of the line, by the word in front of it: "u64=", in decimal or with 0x.</summary>
    public ulong? Number(ReadOnlySpan<byte> key)
    {
        foreach (var range in fields.Split((byte)' '))
        {
            var word = fields[range];
            if (!word.StartsWith(key)) continue;
            word = word[key.Length..];
            var isHexadecimal = word.StartsWith("0x"u8);
            if (isHexadecimal) word = word[2..];
            return Utf8Parser.TryParse(word, out ulong number, out var used, isHexadecimal ? 'x' : 'D') && used == word.Length ? number : null;
        }

        return null;
    }

    private static long? TryTime(ReadOnlySpan<byte> text)
        => text[2] == ':' && text[5] == ':' && text[8] == '.' && Two(text) is { } hours && Two(text[3..]) is { } minutes && Two(text[6..]) is { } seconds
            && Utf8Parser.TryParse(text[9..], out uint micro, out var used) && used == 6
            ? ((((((hours * 60L) + minutes) * 60) + seconds) * 1_000_000) + micro) * 1000
            : null;

    private static int? Two(ReadOnlySpan<byte> text)
        => char.IsAsciiDigit((char)text[0]) && char.IsAsciiDigit((char)text[1]) ? ((text[0] - '0') * 10) + text[1] - '0' : null;
}
