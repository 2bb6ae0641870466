using System.Runtime.CompilerServices;

// What crosses the border is laid out here, byte by byte; the runtime converts nothing.
[assembly: DisableRuntimeMarshalling]
