using Microsoft.Win32.SafeHandles;

namespace Tracing.Tests.Peers;

/// <summary>One thing that a peer sends: bytes, and descriptors with the first of them, which stay the peer's own.</summary>
internal sealed record Said(byte[] Bytes, params SafeFileHandle[] Files)
{
    /// <summary>The beginning of a conversation, and whether it ends between two things said.</summary>
    public static (IReadOnlyList<Said> Beginning, bool EndsBetween) Cut(IEnumerable<Said> conversation, int bytes)
    {
        var beginning = new List<Said>();
        foreach (var said in conversation)
        {
            if (bytes == 0) break;
            if (bytes < said.Bytes.Length) return ([.. beginning, said with { Bytes = said.Bytes[..bytes] }], false);
            beginning.Add(said);
            bytes -= said.Bytes.Length;
        }

        return (beginning, true);
    }
}
