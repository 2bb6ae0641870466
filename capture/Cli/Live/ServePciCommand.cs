using System.CommandLine;

namespace Tracing.Capture.Cli.Live;

/// <summary><c>capture serve pci</c>: its options. What it does stands in <see cref="ServePciHandler"/>.</summary>
internal static class ServePciCommand
{
    private static readonly Option<string?> listen = new("--listen")
    {
        Description = "Wait at this unix socket for QEMU's x-pci-proxy-dev.",
        HelpName = "SOCKET",
    };

    private static readonly Option<int?> descriptor = new("--fd")
    {
        Description = "QEMU's end is this descriptor, inherited.",
        HelpName = "N",
    };

    private static readonly Option<string> interrupts = new("--interrupts")
    {
        Description = "How they reach the guest: qtest:SOCKET (messages through QEMU's qtest socket), memory (messages are written where they are aimed at), or eventfd (the pin).",
        DefaultValueFactory = _ => "eventfd",
        HelpName = "HOW",
    };

    private static readonly Option<string?> pin = new("--pin")
    {
        Description = "With qtest: the pin's line, such as '/machine/q35/ioapic unnamed-gpio-in 21'.",
        HelpName = "LINE",
    };

    private static readonly Option<string?> regionFile = new("--region-file")
    {
        Description = "Back the bounce-buffer region by this file, so that a driver's process can map it too; created if it is not there.",
        HelpName = "FILE",
    };

    public static Command Create()
    {
        var command = new Command("pci", "Is a PCI function of a QEMU guest. Example: capture serve pci --listen dev.sock --interrupts qtest:qt.sock -o run.parquet")
        {
            listen, descriptor, interrupts, pin, regionFile,
        };
        foreach (var option in ServedDevice.All.Concat(LiveOptions.All)) command.Options.Add(option);
        command.SetAction((parsed, token) => Task.Run(
            () => (int)ServePciHandler.Run(
                Options(parsed), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, token),
            CancellationToken.None));
        return command;
    }

    private static ServePciOptions Options(ParseResult parsed)
    {
        var (socket, inherited) = (parsed.GetValue(listen), parsed.GetValue(descriptor));
        if ((socket is null) == (inherited is null)) throw new UsageException("one of --listen SOCKET and --fd N is required");
        if (socket is not null) Listener.Checked(socket);
        var how = parsed.GetValue(interrupts)!;
        if (how is not ("memory" or "eventfd") && !how.StartsWith("qtest:", StringComparison.Ordinal))
            throw new UsageException($"--interrupts {how}: expected qtest:SOCKET, memory or eventfd");
        return new ServePciOptions(
            socket, inherited, how, parsed.GetValue(pin), parsed.GetValue(regionFile), LiveOptions.Of(parsed), () => ServedDevice.Of(parsed));
    }
}

/// <summary>What <c>capture serve pci</c> was asked to do.</summary>
/// <param name="Socket">Where to wait for QEMU, or null.</param>
/// <param name="Descriptor">QEMU's end, inherited, or null.</param>
/// <param name="Interrupts">How interrupts reach the guest.</param>
/// <param name="Pin">The pin's line, or null.</param>
/// <param name="RegionFile">The region's file, or null.</param>
/// <param name="Live">Where the recording goes.</param>
/// <param name="Device">Makes the device.</param>
internal sealed record ServePciOptions(
    string? Socket, int? Descriptor, string Interrupts, string? Pin, string? RegionFile, LiveOptions Live, Func<ServedDevice> Device);
