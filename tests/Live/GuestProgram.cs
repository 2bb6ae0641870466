namespace Tracing.Tests.Live;

/// <summary>The program for small guests, published once for all tests of a checkout.</summary>
internal static class GuestProgram
{
    /// <summary>Publishes it as one native file and gives its path.</summary>
    public static string Publish()
    {
        var folder = Path.Combine(Laboratory.Folder, "guest");
        var (exitCode, output) = Tool.Run(
            "dotnet", "publish", Repository.PathOf("capture", "Guest"), "-c", "Release", "-r", "linux-x64", "-p:PublishAot=true", "-v", "quiet", "--nologo", "-o", folder);
        return exitCode == 0 ? Path.Combine(folder, "capture-guest") : throw new InvalidOperationException(output);
    }
}
