using System.Globalization;

namespace Tracing.Capture.Simulation;

/// <summary>Something about a scenario or fault that a user may set.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Meaning">What it does, with its unit.</param>
/// <param name="DefaultText">The value if it is not set, as it would be given.</param>
public abstract record Parameter(string Name, string Meaning, string DefaultText)
{
    /// <summary>What values are allowed, in words.</summary>
    public abstract string Allowed { get; }

    /// <summary>What is wrong with a value, or null.</summary>
    public string? ProblemOf(string text)
        => IsAllowed(text) ? null : $"{Name}={text}: expected {Allowed}";

    /// <summary>Whether the value is allowed.</summary>
    protected abstract bool IsAllowed(string text);
}

/// <summary>A whole number; K, M and G multiply by 1024 and its powers.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Meaning">What it does, with its unit.</param>
/// <param name="Default">The value if it is not set.</param>
/// <param name="Minimum">The least value.</param>
/// <param name="Maximum">The greatest value.</param>
public sealed record NumberParameter(string Name, string Meaning, long Default, long Minimum, long Maximum)
    : Parameter(Name, Meaning, Default.ToString(CultureInfo.InvariantCulture))
{
    /// <summary>Whether only powers of two will do.</summary>
    public bool IsPowerOfTwo { get; init; }

    /// <inheritdoc />
    public override string Allowed => $"{(IsPowerOfTwo ? "a power of two" : "a number")} from {Minimum} to {Maximum}";

    /// <summary>Reads a number.</summary>
    public static bool TryParse(string text, out long number)
    {
        var shift = text.Length == 0 ? 0 : char.ToUpperInvariant(text[^1]) switch { 'K' => 10, 'M' => 20, 'G' => 30, _ => 0 };
        var digits = shift == 0 ? text : text[..^1];
        if (!long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number)) return false;
        if (Math.Abs((decimal)number) > long.MaxValue >> shift) return false;
        number *= 1L << shift;
        return true;
    }

    /// <inheritdoc />
    protected override bool IsAllowed(string text)
        => TryParse(text, out var number) && number >= Minimum && number <= Maximum
            && (!IsPowerOfTwo || long.IsPow2(number));
}

/// <summary>One of a few words.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Meaning">What it does.</param>
/// <param name="Default">The value if it is not set.</param>
/// <param name="Choices">The words.</param>
public sealed record ChoiceParameter(string Name, string Meaning, string Default, IReadOnlyList<string> Choices)
    : Parameter(Name, Meaning, Default)
{
    /// <inheritdoc />
    public override string Allowed => string.Join(" or ", Choices);

    /// <inheritdoc />
    protected override bool IsAllowed(string text) => Choices.Contains(text);
}

/// <summary>Text, such as the path of a file.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Meaning">What it does.</param>
/// <param name="Default">The value if it is not set.</param>
public sealed record TextParameter(string Name, string Meaning, string Default = "") : Parameter(Name, Meaning, Default)
{
    /// <inheritdoc />
    public override string Allowed => "text";

    /// <inheritdoc />
    protected override bool IsAllowed(string text) => true;
}
