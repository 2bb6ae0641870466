namespace Tracing.Tests.Live;

/// <summary>One guest at the block back end on libvhost-user.</summary>
/// <param name="Console">What the guest's console showed.</param>
/// <param name="Image">The disk image.</param>
/// <param name="Journals">Where the journals are, if it recorded.</param>
/// <param name="Said">What the back end said.</param>
internal sealed record LibvhostUserRun(string Console, string Image, string Journals, string Said)
{
    /// <summary>Boots stock Linux, lets it do something, and powers it off.</summary>
    /// <param name="machine">The folder and its programs.</param>
    /// <param name="script">What the guest does.</param>
    /// <param name="program">The back end.</param>
    /// <param name="options">Its options behind socket and image.</param>
    public static LibvhostUserRun Of(Machine machine, string script, string program, params string[] options)
    {
        var (socket, image, journals) = (machine.PathOf("vu"), machine.Image(), machine.PathOf("run.journals"));
        var words = options.Select(word => word == "JOURNALS" ? journals : word);
        File.Delete(socket);
        using var device = machine.Start("block-backend", new(program, [socket, image, .. words]));
        device.AwaitWord("waiting at", Machine.ShortLimit);
        using var guest = machine.Guest(
            new Initramfs(script, GuestScripts.BlkModules), "quiet", 256,
            "-chardev", $"socket,id=vu,path={socket}", "-device", "vhost-user-blk-pci,chardev=vu,num-queues=1,disable-legacy=on");
        // The guest's end is QEMU's, and QEMU's is the back end's.
        if (device.AwaitEnd(Machine.GuestLimit) != 0) throw new InvalidOperationException(device.Said);
        return new LibvhostUserRun(machine.Console, image, journals, device.Said);
    }
}
