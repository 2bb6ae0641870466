using System.Buffers.Text;
using System.Text;

namespace Tracing.Capture.Importing.QemuTrace;

/// <summary>One of QEMU's trace events: its name, and its arguments as QEMU's event definition prints them.</summary>
internal sealed class QemuEventFormat
{
    private readonly List<(byte[] Literal, Field Field)> parts = [];
    private readonly byte[] tail;

    /// <summary>Understands a printf format in which a number is %d, %u, %x or %p, and a text %s.</summary>
    public QemuEventFormat(QemuEventKind kind, string name, string format)
    {
        (Kind, Name) = (kind, name);
        var literal = new StringBuilder();
        for (var index = 0; index < format.Length; index++)
        {
            if (format[index] != '%')
            {
                literal.Append(format[index]);
                continue;
            }

            while (char.IsAsciiDigit(format[index + 1])) index++;
            var field = format[++index] switch { 'x' => Field.Hexadecimal, 'p' => Field.Pointer, 's' => Field.Text, _ => Field.Decimal };
            parts.Add((Encoding.ASCII.GetBytes(literal.ToString()), field));
            literal.Clear();
        }

        tail = Encoding.ASCII.GetBytes(literal.ToString());
    }

    private enum Field
    {
        Decimal,
        Hexadecimal,
        Pointer,
        Text,
    }

    /// <summary>What the event is to the importer.</summary>
    public QemuEventKind Kind { get; }

    /// <summary>QEMU's name.</summary>
    public string Name { get; }

    /// <summary>Reads the arguments: numbers in their order, and the one text there may be.</summary>
    /// <param name="arguments">The line behind the event's name.</param>
    /// <param name="numbers">Room for the numbers; a negative one reads as its two's complement.</param>
    /// <param name="text">The text, empty if the event has none.</param>
    /// <returns>False if the line is not as QEMU prints the event.</returns>
    public bool TryParse(ReadOnlySpan<byte> arguments, Span<ulong> numbers, out ReadOnlySpan<byte> text)
    {
        text = default;
        var count = 0;
        for (var index = 0; index < parts.Count; index++)
        {
            var (literal, field) = parts[index];
            if (!arguments.StartsWith(literal)) return false;
            arguments = arguments[literal.Length..];
            if (field == Field.Text)
            {
                var next = index + 1 < parts.Count ? parts[index + 1].Literal : tail;
                var length = next.Length == 0 ? arguments.Length : arguments.IndexOf(next);
                if (length < 0) return false;
                text = arguments[..length];
                arguments = arguments[length..];
                continue;
            }

            if (count == numbers.Length || !TryNumber(arguments, field, out numbers[count], out var consumed)) return false;
            arguments = arguments[consumed..];
            count++;
        }

        return arguments.StartsWith(tail);
    }

    private static bool TryNumber(ReadOnlySpan<byte> text, Field field, out ulong number, out int consumed)
    {
        (number, consumed) = (0, 0);
        switch (field)
        {
            case Field.Pointer when text.StartsWith("(nil)"u8):
                consumed = 5;
                return true;
            case Field.Pointer when text.StartsWith("0x"u8):
                if (!Utf8Parser.TryParse(text[2..], out number, out consumed, 'x')) return false;
                consumed += 2;
                return true;
            case Field.Hexadecimal:
                return Utf8Parser.TryParse(text, out number, out consumed, 'x');
            case Field.Decimal when Utf8Parser.TryParse(text, out long signed, out consumed):
                number = unchecked((ulong)signed);
                return true;
            default:
                return Utf8Parser.TryParse(text, out number, out consumed);
        }
    }
}
