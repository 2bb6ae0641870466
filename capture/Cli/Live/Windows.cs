using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using Tracing.Schemas;
using Tracing.Virtio.Driver;
using Tracing.Virtio.Memory;

namespace Tracing.Capture.Cli.Live;

/// <summary>The windows to which whoever records declares a device to be confined: <c>--confine</c>.</summary>
internal static partial class Windows
{
    /// <summary>A fresh option.</summary>
    public static Option<string[]> CreateOption() => new("--confine")
    {
        Description = "Declare that the device may touch only this memory; auto:FILE takes the bounce pool from a saved guest console.",
        HelpName = "BASE:LENGTH",
    };

    /// <summary>Understands what was said.</summary>
    /// <exception cref="UsageException">It is no window.</exception>
    /// <exception cref="IOException">The console cannot be read.</exception>
    public static IReadOnlyList<Window> Read(string[] texts)
        => [.. texts.SelectMany(text => text.Split(',', StringSplitOptions.RemoveEmptyEntries)).Select(ReadOne)];

    /// <summary>Shows them on the bus.</summary>
    public static void Declare(GuestMemory memory, ushort device, IReadOnlyList<Window> windows)
    {
        foreach (var window in windows)
            memory.MapWindow(window.Start, window.Length, new RegionDescription(RegionOrigin.Declared, Device: device, Name: "declared window"));
    }

    private static Window ReadOne(string text)
    {
        if (text.StartsWith("auto:", StringComparison.Ordinal)) return FromConsole(text["auto:".Length..]);
        if (text.Split(':') is [var start, var length] && TryNumber(start, out var first) && TryNumber(length, out var bytes)
            && bytes > 0 && first <= ulong.MaxValue - bytes)
            return new Window(first, bytes);
        throw new UsageException($"--confine {text}: expected BASE:LENGTH, in hexadecimal with 0x or in decimal, or auto:FILE");
    }

    /// <summary>Linux says where its pool lies: "software IO TLB: mapped [mem 0x…-0x…] (64MB)", from its first byte to behind its last.</summary>
    private static Window FromConsole(string path)
    {
        foreach (var line in File.ReadLines(path))
        {
            if (Pool().Match(line) is not { Success: true } match) continue;
            var first = ulong.Parse(match.Groups[1].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            var end = ulong.Parse(match.Groups[2].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (end > first) return new Window(first, end - first);
        }

        throw new UsageException($"--confine auto:{path}: no line 'software IO TLB: mapped [mem …]' is there (was the guest booted with 'quiet'?)");
    }

    private static bool TryNumber(string text, out ulong number)
        => text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number)
            : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    [GeneratedRegex(@"software IO TLB: mapped \[mem 0x([0-9a-f]{1,16})-0x([0-9a-f]{1,16})\]")]
    private static partial Regex Pool();
}
