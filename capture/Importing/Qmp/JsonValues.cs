namespace Tracing.Capture.Importing.Qmp;

/// <summary>The JSON objects of a file, one behind the other with anything between them, one at a time and in bounded memory.</summary>
internal sealed class JsonValues(Stream stream) : IDisposable
{
    /// <summary>What an object may have; a longer one is passed over.</summary>
    public const int MostBytes = 4 << 20;

    private readonly byte[] buffer = new byte[1 << 16];
    private readonly MemoryStream value = new();
    private int next;
    private int end;

    /// <summary>How many objects were too long.</summary>
    public ulong TooLong { get; private set; }

    /// <summary>Why the file ended before its end; null if it did not.</summary>
    public string? Damage { get; private set; }

    /// <summary>Reads the next object, which is good until the next call; false at the end.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public bool TryRead(out ReadOnlyMemory<byte> text)
    {
        text = default;
        value.SetLength(0);
        var (depth, isQuoted, isEscaped) = (0UL, false, false);
        while (TryNext(out var letter))
        {
            if (depth == 0 && letter != '{') continue;
            if (value.Length < MostBytes) value.WriteByte(letter);
            else if (value.Length == MostBytes) Overflow();
            if (isEscaped) isEscaped = false;
            else if (isQuoted && letter == '\\') isEscaped = true;
            else if (letter == '"') isQuoted = !isQuoted;
            else if (!isQuoted && letter is (byte)'{' or (byte)'[') depth++;
            else if (!isQuoted && letter is (byte)'}' or (byte)']' && --depth == 0)
            {
                if (value.Length > MostBytes)
                {
                    value.SetLength(0);
                    continue;
                }

                text = value.GetBuffer().AsMemory(0, (int)value.Length);
                return true;
            }
        }

        if (depth > 0) Damage ??= "an object has no end";
        return false;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        stream.Dispose();
        value.Dispose();
    }

    /// <summary>One byte more than there may be marks it; nothing is kept any more.</summary>
    private void Overflow()
    {
        value.WriteByte(0);
        TooLong++;
    }

    private bool TryNext(out byte letter)
    {
        letter = 0;
        if (next == end && !Fill()) return false;
        letter = buffer[next++];
        return true;
    }

    private bool Fill()
    {
        try
        {
            (next, end) = (0, stream.Read(buffer));
        }
        catch (InvalidDataException exception)
        {
            Damage = exception.Message;
            (next, end) = (0, 0);
        }

        return end > 0;
    }
}
