package main

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"

	"golang.org/x/mod/sumdb/tlog"
)

const height = 8 // 256 hashes in a tile

// files are a log's files over HTTP. As a tlog.TileReader it answers tiles as they are served; the
// package proves them before it calls SaveTiles.
type files struct {
	prefix string
	mu     sync.Mutex
	tiles  map[tlog.Tile][]byte // proven
}

func (f *files) get(path string) ([]byte, error) {
	answer, err := http.Get(f.prefix + path)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != 200 {
		return nil, fmt.Errorf("%s: status %d", path, answer.StatusCode)
	}
	return io.ReadAll(io.LimitReader(answer.Body, 20<<20))
}

// path is where C2SP tlog-tiles puts what the package names with a height, and entries where it has data.
func path(t tlog.Tile) string {
	p := strings.Replace(t.Path(), fmt.Sprintf("tile/%d/", height), "tile/", 1)
	return strings.Replace(p, "tile/data/", "tile/entries/", 1)
}

func (f *files) Height() int { return height }

func (f *files) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	data := make([][]byte, len(tiles))
	for i, t := range tiles {
		if proven, ok := f.proven(t); ok {
			data[i] = proven
			continue
		}
		bytes, err := f.get(path(t))
		if err != nil {
			return nil, err
		}
		if len(bytes) != t.W*tlog.HashSize {
			return nil, fmt.Errorf("%s has %d bytes", path(t), len(bytes))
		}
		data[i] = bytes
	}
	return data, nil
}

func (f *files) SaveTiles(tiles []tlog.Tile, data [][]byte) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.tiles == nil {
		f.tiles = make(map[tlog.Tile][]byte)
	}
	for i, t := range tiles {
		f.tiles[t] = data[i]
	}
}

func (f *files) proven(t tlog.Tile) ([]byte, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	data, ok := f.tiles[t]
	return data, ok
}
