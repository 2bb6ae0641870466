using System.CommandLine;

namespace Tracing.Capture.Cli.Live;

/// <summary><c>capture serve</c>: the reference device for somebody else's driver.</summary>
internal static class ServeCommand
{
    public static Command Create() => new("serve", "Is a device for a real guest, and records what the guest's driver does with it.")
    {
        ServePciCommand.Create(),
        ServeVhostUserCommand.Create(),
    };
}
