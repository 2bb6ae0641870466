using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Tracing.Schemas;

/// <summary>The names of an enumeration column and the numbers that the record stores for them.</summary>
public sealed class Vocabulary
{
    private readonly string?[] nameByNumber;
    private readonly FrozenDictionary<string, byte> numberByName;

    private Vocabulary(IReadOnlyList<(string Name, byte Number)> members)
    {
        nameByNumber = new string?[members.Max(member => member.Number) + 1];
        foreach (var (name, number) in members) nameByNumber[number] = name;
        numberByName = members.ToFrozenDictionary(member => member.Name, member => member.Number, StringComparer.Ordinal);
        Names = [.. members.OrderBy(member => member.Number).Select(member => member.Name)];
    }

    /// <summary>All names, ordered by number.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>One more than the greatest number.</summary>
    public int Limit => nameByNumber.Length;

    /// <summary>The vocabulary of an enumeration whose members are stored in snake case.</summary>
    /// <typeparam name="T">An enumeration over <see cref="byte"/>.</typeparam>
    public static Vocabulary Of<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields)] T>()
        where T : struct, Enum
        => new([.. Enum.GetValues<T>().Select(member =>
            (SnakeCase.Of(member.ToString()), Convert.ToByte(member, System.Globalization.CultureInfo.InvariantCulture)))]);

    /// <summary>The name of <paramref name="number"/>, or null if it has none.</summary>
    public string? NameOf(int number) => (uint)number < (uint)nameByNumber.Length ? nameByNumber[number] : null;

    /// <summary>Looks up the number of <paramref name="name"/>.</summary>
    public bool TryNumberOf(string name, out byte number) => numberByName.TryGetValue(name, out number);
}
