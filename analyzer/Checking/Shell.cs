using Tracing.Schemas;

namespace Tracing.Analysis.Checking;

/// <summary>Writes words that a POSIX shell reads as they are.</summary>
internal static class Shell
{
    public static string Quote(string word)
        => word.Length > 0 && word.All(letter => char.IsAsciiLetterOrDigit(letter) || "-_./=:,+@%".Contains(letter, StringComparison.Ordinal))
            ? word
            : $"'{Printable.Line(word).Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
