using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Coop.Testing.Faults;

/// <summary>
/// A network namespace of Linux behind a link that the kernel makes slow, loses packets of, and takes down.
/// Goes with its disposal.
/// </summary>
public sealed class NetworkNamespace : IDisposable
{
    private const int NewNetwork = 0x40000000;

    // Of RFC 1918; two addresses of a /30, as many links as processes.
    private static int _links;

    private readonly string _name;
    private readonly string _device;
    private readonly IPAddress _inside;

    private NetworkNamespace()
    {
        var number = (Environment.ProcessId * 8) + Interlocked.Increment(ref _links);
        (_name, _device) = ($"coop-test-{number}", $"cptest{number % 1_000_000}");
        var net = $"10.213.{number / 63 % 256}.";
        var host = number % 63 * 4;
        _inside = IPAddress.Parse($"{net}{host + 2}");
        Run("ip", "netns", "add", _name);
        Run("ip", "link", "add", _device, "type", "veth", "peer", "name", "inside", "netns", _name);
        Run("ip", "addr", "add", $"{net}{host + 1}/30", "dev", _device);
        Run("ip", "link", "set", _device, "up");
        Run("ip", "-n", _name, "addr", "add", $"{_inside}/30", "dev", "inside");
        Run("ip", "-n", _name, "link", "set", "inside", "up");
        Run("ip", "-n", _name, "link", "set", "lo", "up");
    }

    /// <summary>Makes one; null where this process may not, or the machine has no iproute2.</summary>
    public static NetworkNamespace? TryCreate()
    {
        try
        {
            return OperatingSystem.IsLinux() ? new NetworkNamespace() : null;
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    /// <summary>A listening socket inside, at an address that is reached over the link alone.</summary>
    public Socket Listen()
    {
        Socket? socket = null;
        Exception? failure = null;
        // A thread that enters the namespace and ends there; sockets stay where they were made.
        var thread = new Thread(() =>
        {
            try
            {
                using var file = File.OpenHandle($"/run/netns/{_name}");
                if (SetNamespace(file, NewNetwork) != 0)
                {
                    throw new InvalidOperationException($"The namespace is not to be entered: {Marshal.GetLastPInvokeErrorMessage()}");
                }

                socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(_inside, 0));
                socket.Listen();
            }
#pragma warning disable CA1031 // It is thrown on the caller's thread.
            catch (Exception e)
#pragma warning restore CA1031
            {
                failure = e;
            }
        });
        thread.Start();
        thread.Join();
        return failure is null ? socket! : throw failure;
    }

    /// <summary>
    /// Shapes what goes in and out, in the words of tc(8), e.g. <c>tbf rate 8mbit burst 16kb latency 10ms</c>: so
    /// fast and no faster, and packets that would have to wait longer are lost.
    /// </summary>
    public void Shape(string discipline)
    {
        ArgumentNullException.ThrowIfNull(discipline);
        Run("tc", ["qdisc", "replace", "dev", _device, "root", .. discipline.Split(' ')]);
        Run("ip", ["netns", "exec", _name, "tc", "qdisc", "replace", "dev", "inside", "root", .. discipline.Split(' ')]);
    }

    public void Down() => Run("ip", "link", "set", _device, "down");

    public void Up() => Run("ip", "link", "set", _device, "up");

    public void Dispose()
    {
        Run("ip", "link", "del", _device);
        Run("ip", "netns", "del", _name);
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {errors}");
        }
    }

    [DllImport("libc", EntryPoint = "setns", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetNamespace(SafeFileHandle file, int kind);
}
