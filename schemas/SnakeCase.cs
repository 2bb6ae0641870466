using System.Text;

namespace Tracing.Schemas;

/// <summary>Turns a C# member name into the name that files and SQL use: <c>DmaRead</c> becomes <c>dma_read</c>.</summary>
public static class SnakeCase
{
    /// <summary>The snake-case form of <paramref name="memberName"/>.</summary>
    public static string Of(string memberName)
    {
        ArgumentNullException.ThrowIfNull(memberName);
        var name = new StringBuilder(memberName.Length + 4);
        foreach (var letter in memberName)
        {
            if (char.IsAsciiLetterUpper(letter) && name.Length > 0) name.Append('_');
            name.Append(char.ToLowerInvariant(letter));
        }

        return name.ToString();
    }
}
