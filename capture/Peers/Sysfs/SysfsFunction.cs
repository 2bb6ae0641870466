using System.Globalization;
using Microsoft.Win32.SafeHandles;
using Tracing.Virtio.Pci;

namespace Tracing.Peers.Sysfs;

/// <summary>
/// One PCI function of this machine, through the files that Linux keeps for it: configuration space and a resource file a
/// BAR (Documentation/PCI/sysfs-pci.rst). It takes root, and no kernel driver may have the function.
/// </summary>
public sealed class SysfsFunction : IPciBus, IDisposable
{
    private const string Devices = "/sys/bus/pci/devices";
    private const ulong IsPort = 0x100;
    private readonly SafeFileHandle configuration;
    private readonly MappedBar?[] bars = new MappedBar?[PciConfig.BarCount];

    private SysfsFunction(SafeFileHandle configuration) => this.configuration = configuration;

    /// <summary>Opens a function.</summary>
    /// <param name="address">Its address, "0000:00:01.0" or "00:01.0".</param>
    /// <exception cref="IOException">It is not there, a driver has it, or a BAR cannot be mapped.</exception>
    /// <exception cref="UnauthorizedAccessException">That takes root.</exception>
    public static SysfsFunction Open(string address)
    {
        var folder = Path.Combine(Devices, address.Split(':').Length == 2 ? $"0000:{address}" : address);
        if (!Directory.Exists(folder)) throw new IOException($"{folder}: there is no such PCI function");
        var bound = Path.Combine(folder, "driver");
        if (Path.Exists(bound) && Directory.ResolveLinkTarget(bound, returnFinalTarget: false) is { } driver)
            throw new IOException($"{folder}: the kernel's driver {driver.Name} has this function; unbind it first");
        var function = new SysfsFunction(File.OpenHandle(
            Path.Combine(folder, "config"), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite));
        try
        {
            function.MapBars(folder);
            return function;
        }
        catch
        {
            function.Dispose();
            throw;
        }
    }

    /// <summary>The memory BARs that are there.</summary>
    public IEnumerable<(byte Bar, MappedBar Memory)> Bars
    {
        get
        {
            for (byte bar = 0; bar < bars.Length; bar++)
            {
                if (bars[bar] is { } memory) yield return (bar, memory);
            }
        }
    }

    /// <inheritdoc/>
    public uint ReadConfig(int offset, int width)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        bytes.Fill(byte.MaxValue);
        var read = bytes[..width];
        if (RandomAccess.Read(configuration, read, offset) < width) read.Fill(byte.MaxValue);
        var value = 0u;
        for (var index = 0; index < width; index++) value |= (uint)read[index] << (8 * index);
        return value;
    }

    /// <inheritdoc/>
    public void WriteConfig(int offset, int width, uint value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        for (var index = 0; index < width; index++) bytes[index] = unchecked((byte)(value >> (8 * index)));
        RandomAccess.Write(configuration, bytes[..width], offset);
    }

    /// <inheritdoc/>
    public ulong ReadBar(int bar, ulong offset, int width) => bars[bar]?.Read(offset, width) ?? ulong.MaxValue;

    /// <inheritdoc/>
    public void WriteBar(int bar, ulong offset, int width, ulong value) => bars[bar]?.Write(offset, width, value);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var bar in bars) bar?.Dispose();
        configuration.Dispose();
    }

    /// <summary>A line a resource: first address, last address, flags.</summary>
    private void MapBars(string folder)
    {
        var lines = File.ReadAllLines(Path.Combine(folder, "resource"));
        for (var bar = 0; bar < Math.Min(bars.Length, lines.Length); bar++)
        {
            var words = lines[bar].Split(' ');
            if (words.Length != 3 || !TryNumber(words[0], out var first) || !TryNumber(words[1], out var last) || !TryNumber(words[2], out var flags))
                throw new IOException($"{folder}/resource: line {bar + 1} is '{lines[bar]}'; three numbers were expected");
            if (last <= first || (flags & IsPort) != 0) continue;
            bars[bar] = MappedBar.Map(Path.Combine(folder, $"resource{bar}"), (long)(last - first + 1));
        }
    }

    private static bool TryNumber(string text, out ulong number)
        => ulong.TryParse(text.AsSpan(text.StartsWith("0x", StringComparison.Ordinal) ? 2 : 0), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number);
}
