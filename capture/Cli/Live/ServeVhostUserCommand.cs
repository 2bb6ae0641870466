using System.CommandLine;
using Tracing.Peers.Memory;
using Tracing.Peers.VhostUser;
using Tracing.Schemas;
using Tracing.Virtio.Device;
using Tracing.Virtio.Driver;
using Tracing.Virtio.Memory;

namespace Tracing.Capture.Cli.Live;

/// <summary><c>capture serve vhost-user</c>: the reference device behind a vhost-user socket.</summary>
internal static class ServeVhostUserCommand
{
    private static readonly Option<string> listen = new("--listen")
    {
        Description = "Wait at this unix socket for a front end.",
        Required = true,
        HelpName = "SOCKET",
    };

    private static readonly Option<string[]> confine = Windows.CreateOption();

    public static Command Create()
    {
        var command = new Command("vhost-user", "Is the back end of a VMM's virtio device. Example: capture serve vhost-user --listen vu.sock --image disk.img -o run.parquet")
        {
            listen, confine,
        };
        foreach (var option in ServedDevice.All.Concat(LiveOptions.All)) command.Options.Add(option);
        command.SetAction((parsed, token) => Task.Run(
            () => (int)Run(parsed, parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, token),
            CancellationToken.None));
        return command;
    }

    private static ExitCode Run(ParseResult parsed, TextWriter output, TextWriter error, CancellationToken token)
    {
        var live = LiveOptions.Of(parsed);
        var socket = Listener.Checked(parsed.GetValue(listen)!);
        ServedDevice device;
        IReadOnlyList<Window> windows;
        try
        {
            windows = Windows.Read(parsed.GetValue(confine) ?? []);
            device = ServedDevice.Of(parsed);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            error.Say(exception.Message);
            return ExitCode.InputUnreadable;
        }

        using (device)
        {
            return LiveRecording.Record(
                live, facts: null, recording => Serve(socket, windows, device, recording, error, token), output, error, token);
        }
    }

    private static ExitCode Serve(
        string socket, IReadOnlyList<Window> windows, ServedDevice served, LiveRecording recording, TextWriter error, CancellationToken token)
    {
        if (Listener.Accept(socket, error, token) is not { } link) return ExitCode.Cancelled;
        using var connection = new VhostConnection(link);
        var memory = new GuestMemory(recording.Platform);
        using var ranges = new GuestRanges(memory, AddressSpace.FrontEnd);
        VhostHandler? handler = null;
        // There is no region of the device's own over this transport, and so no SWIOTLB to offer.
        var options = served.Options with { SwiotlbBytes = 0, Features = served.Options.Features.Without(Virtio.FeatureBit.Swiotlb) };
        var device = new VhostDevice(
            options, served.Model, memory, recording.Platform, queue => handler?.Call(queue), recording.Open("device"), served.Conduct);
        device.PowerOn();
        Windows.Declare(memory, options.Device, windows);
        using (handler = new VhostHandler(connection, device, ranges))
        {
            new VhostBackend(connection, handler, device).Serve(token);
        }

        if (connection.IsClosed) recording.TellClosed(options.Device, StateOf(device), error);
        return ExitCode.Success;
    }

    /// <summary>A front end that ends as it should stops its queues first.</summary>
    private static string? StateOf(VhostDevice device)
    {
        var running = device.Running.ToList();
        return running.Count == 0 ? null : $"while queue {string.Join(" and ", running)} was running";
    }
}
