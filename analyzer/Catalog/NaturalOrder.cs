namespace Tracing.Analysis.Catalog;

/// <summary>Orders "ORDER-S2" before "ORDER-S11": digits compare as numbers.</summary>
internal sealed class NaturalOrder : IComparer<string>
{
    public static NaturalOrder Instance { get; } = new();

    public int Compare(string? first, string? second) => Compare((first ?? "").AsSpan(), (second ?? "").AsSpan());

    private static int Compare(ReadOnlySpan<char> first, ReadOnlySpan<char> second)
    {
        while (!first.IsEmpty && !second.IsEmpty)
        {
            var firstDigits = Digits(first);
            var secondDigits = Digits(second);
            if (firstDigits > 0 && secondDigits > 0)
            {
                var order = CompareNumbers(first[..firstDigits], second[..secondDigits]);
                if (order != 0) return order;
                first = first[firstDigits..];
                second = second[secondDigits..];
                continue;
            }

            if (first[0] != second[0]) return first[0] - second[0];
            first = first[1..];
            second = second[1..];
        }

        return first.Length - second.Length;
    }

    private static int CompareNumbers(ReadOnlySpan<char> first, ReadOnlySpan<char> second)
    {
        first = first.TrimStart('0');
        second = second.TrimStart('0');
        return first.Length != second.Length ? first.Length - second.Length : first.SequenceCompareTo(second);
    }

    private static int Digits(ReadOnlySpan<char> text)
    {
        var count = 0;
        while (count < text.Length && char.IsAsciiDigit(text[count])) count++;
        return count;
    }
}
