using Microsoft.Win32.SafeHandles;

namespace Tracing.Tests.Peers;

/// <summary>One thing that a peer sends: bytes, and descriptors with the first of them, which stay the peer's own.</summary>
internal sealed record Said(byte[] Bytes, params SafeFileHandle[] Files);
