using System.Globalization;
using System.Text;

namespace Tracing.Schemas;

/// <summary>
/// Makes foreign text safe to print: control characters, also those that turn text around, become escapes. Whatever
/// comes out of a trace or out of an error about one goes through here.
/// </summary>
public static class Printable
{
    /// <summary>The text on one line.</summary>
    public static string Line(string text) => Escape(text, keepsBreaks: false);

    /// <summary>The text with its line breaks.</summary>
    public static string Lines(string text) => Escape(text, keepsBreaks: true);

    /// <summary>The first line that says something: DuckDB draws the statement under its messages.</summary>
    public static string FirstLine(string text)
        => Short(text.Split('\n').Select(part => part.Trim()).FirstOrDefault(part => part.Length > 0) ?? "");

    /// <summary>The text on one line, cut where nobody would read on.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">How many letters of it are shown.</param>
    public static string Short(string text, int most = 400) => Line(text.Length <= most ? text : text[..most] + "…");

    /// <summary>Whether a letter would do something else than be seen.</summary>
    public static bool IsControl(char letter)
        => char.IsControl(letter) || char.GetUnicodeCategory(letter) is UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator;

    private static string Escape(string text, bool keepsBreaks)
    {
        var first = -1;
        for (var index = 0; index < text.Length && first < 0; index++)
        {
            if (NeedsEscape(text, index, keepsBreaks)) first = index;
        }

        if (first < 0) return text;
        var escaped = new StringBuilder(text, 0, first, text.Length + 16);
        for (var index = first; index < text.Length; index++)
        {
            if (NeedsEscape(text, index, keepsBreaks)) escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[index]:x4}");
            else escaped.Append(text[index]);
        }

        return escaped.ToString();
    }

    private static bool NeedsEscape(string text, int index, bool keepsBreaks)
    {
        var letter = text[index];
        if (letter is '\n') return !keepsBreaks;
        if (char.IsHighSurrogate(letter)) return index + 1 >= text.Length || !char.IsLowSurrogate(text[index + 1]);
        if (char.IsLowSurrogate(letter)) return index == 0 || !char.IsHighSurrogate(text[index - 1]);
        return letter >= ' ' && letter < '\u007f' ? false : IsControl(letter);
    }
}
