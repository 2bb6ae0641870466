using System.Diagnostics;
using System.Text;
using Xunit;

namespace Tracing.Tests.DuckDb;

/// <summary>
/// Runs the build's fetch target as a build would, with a folder of its own for what it fetches and
/// a copy of the pins that a test may spoil.
/// </summary>
internal sealed class FetchRun : IDisposable
{
    private const string Platform = "linux-x64";

    private readonly string folder = Directory.CreateTempSubdirectory("fetch").FullName;

    public FetchRun()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only linux-x64 is pinned.");
        Pins = Directory.CreateDirectory(Path.Combine(folder, "pins")).FullName;
        foreach (var pin in Directory.EnumerateFiles(Path.Combine(DuckDbFolder, "npm", Platform)))
        {
            File.Copy(pin, Path.Combine(Pins, Path.GetFileName(pin)));
        }
    }

    public string Pins { get; }

    public string Target => Path.Combine(folder, "target");

    public string Library => Path.Combine(Target, $"{Platform}-{Pin("library.sha256").Trim()}", "libduckdb.so");

    private static string DuckDbFolder => Repository.PathOf("duckdb");

    public string Pin(string name) => File.ReadAllText(Path.Combine(Pins, name));

    public void SetPin(string name, string text) => File.WriteAllText(Path.Combine(Pins, name), text);

    /// <summary>Runs the target; returns the exit code and all output.</summary>
    public async Task<(int ExitCode, string Output)> Run(
        string[]? properties = null, (string Name, string Value)[]? environment = null)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] arguments =
        [
            "msbuild", Path.Combine(DuckDbFolder, "DuckDB.NET.Bindings.csproj"),
            "-target:VerifyDuckDB", "-nologo", "-maxCpuCount:1", "-nodeReuse:false", "-verbosity:minimal",
            $"-property:DuckDBNativeFolder={Target}/", $"-property:DuckDBPin={Pins}/",
            $"-property:DuckDBPlatform={Platform}", .. properties ?? [],
        ];
        Array.ForEach(arguments, start.ArgumentList.Add);
        start.Environment["npm_config_prefer_offline"] = "true";
        foreach (var (name, value) in environment ?? [])
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = new StringBuilder();
        process.OutputDataReceived += (_, line) => Add(line.Data);
        process.ErrorDataReceived += (_, line) => Add(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output.ToString());

        void Add(string? line)
        {
            lock (output)
            {
                output.AppendLine(line);
            }
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
